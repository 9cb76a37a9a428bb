package org.regionalpacs.storage.chunked;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a blob consists of. It is kept as a small blob itself, as lines of text:
 *
 * <pre>
 * regional-pacs blocks 1
 * sha256 [64 hexadecimal digits, of the whole]
 * block [bytes] [CRC32 in 8 hexadecimal digits] [id]
 * end [bytes of the whole]
 * </pre>
 *
 * @param sha256 of the whole, in hexadecimal digits
 * @param blocks in order
 */
record Manifest(String sha256, List<Block> blocks) {
  private static final String HEAD = "regional-pacs blocks 1";
  private static final Pattern DIGEST = Pattern.compile("sha256 ([0-9a-f]{64})");
  private static final Pattern BLOCK = Pattern.compile("block ([0-9]{1,18}) ([0-9a-f]{8}) (\\S+)");

  long size() {
    return blocks.stream().mapToLong(Block::size).sum();
  }

  /**
   * What a range takes of the blocks.
   *
   * @param length 1 or more, inside the blob
   */
  List<BlockStream.Part> parts(long offset, long length) {
    List<BlockStream.Part> parts = new ArrayList<>();
    long begin = 0;
    for (Block block : blocks) {
      long from = Math.max(offset, begin);
      long to = Math.min(offset + length, begin + block.size());
      if (from < to) {
        parts.add(new BlockStream.Part(block, from - begin, to - from));
      }
      begin += block.size();
    }
    return parts;
  }

  byte[] text() {
    StringBuilder text = new StringBuilder(HEAD).append("\nsha256 ").append(sha256);
    for (Block block : blocks) {
      text.append("\nblock %d %08x %s".formatted(block.size(), block.crc(), block.id()));
    }
    return text.append("\nend ")
        .append(size())
        .append('\n')
        .toString()
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads a manifest.
   *
   * @throws IOException when it is none, or not whole
   */
  static Manifest parse(byte[] text) throws IOException {
    List<String> lines = new String(text, StandardCharsets.US_ASCII).lines().toList();
    if (lines.size() < 3 || !lines.getFirst().equals(HEAD)) {
      throw new IOException("not a list of blocks");
    }
    String sha256 = match(DIGEST, lines.get(1)).group(1);
    List<Block> blocks = new ArrayList<>();
    for (String line : lines.subList(2, lines.size() - 1)) {
      Matcher block = match(BLOCK, line);
      blocks.add(
          new Block(
              block.group(3),
              Long.parseLong(block.group(1)),
              Integer.parseUnsignedInt(block.group(2), 16)));
    }
    Manifest manifest = new Manifest(sha256, List.copyOf(blocks));
    if (!lines.getLast().equals("end " + manifest.size())) {
      throw new IOException("a list of blocks that isn't whole");
    }
    return manifest;
  }

  private static Matcher match(Pattern pattern, String line) throws IOException {
    Matcher matcher = pattern.matcher(line);
    if (!matcher.matches()) {
      throw new IOException("not a list of blocks");
    }
    return matcher;
  }
}
