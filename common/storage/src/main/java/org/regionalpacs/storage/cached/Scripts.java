package org.regionalpacs.storage.cached;

/** What Redis does in one step, in Lua. Keys: the value, the set of parts, the mark of deletion. */
final class Scripts {
  /**
   * Keeps a value unless it was deleted. Arguments: value, TTL in milliseconds, part (empty: none).
   * Gives 1 when kept.
   */
  static final String KEEP =
      """
      if redis.call('EXISTS', KEYS[3]) == 1 then return 0 end
      if ARGV[3] ~= '' then
        redis.call('SADD', KEYS[2], ARGV[3])
        redis.call('PEXPIRE', KEYS[2], ARGV[2])
      end
      redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
      return 1
      """;

  /**
   * Removes a value, or all parts of it, and marks it as deleted, so that who is loading it just
   * now doesn't bring it back. Arguments: how long the mark stays in milliseconds. A Redis that is
   * full removes, and doesn't mark.
   */
  static final String FORGET =
      """
      local parts = redis.pcall('SMEMBERS', KEYS[2])
      if not parts.err then
        for _, part in ipairs(parts) do redis.call('UNLINK', KEYS[1] .. part) end
      end
      redis.call('UNLINK', KEYS[1], KEYS[2])
      redis.pcall('SET', KEYS[3], '', 'PX', ARGV[1])
      return 1
      """;

  private Scripts() {}
}
