package org.regionalpacs.consumer.loader;

import java.util.Optional;
import java.util.regex.Pattern;
import org.regionalpacs.consumer.UnusableRecordException;

/** Checks members of messages, and says what is wrong without their values. */
final class Members {
  /** Of the key columns of tenants; a longer one, cut, might be another's. */
  private static final int TENANT = 64;

  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"?|'[^']*'(?=[\\s,.:;)]|$)");
  private static final int REASON = 400;

  private Members() {}

  /** A message that is there at all. */
  static <T> T message(T message) throws UnusableRecordException {
    return Optional.ofNullable(message).orElseThrow(() -> lacks("everything: it is null"));
  }

  /** A version that this reader knows. */
  static void version(int version, int newest) throws UnusableRecordException {
    require(version >= 1 && version <= newest, "a known SchemaVersion");
  }

  static String tenant(String value) throws UnusableRecordException {
    String tenant = text(value, "Tenant");
    require(tenant.length() <= TENANT, "a usable Tenant");
    return tenant;
  }

  static String text(String value, String member) throws UnusableRecordException {
    require(value != null && !value.isBlank(), member);
    return value;
  }

  static <T> T value(T value, String member) throws UnusableRecordException {
    return Optional.ofNullable(value).orElseThrow(() -> lacks(member));
  }

  static String orEmpty(String value) {
    return Optional.ofNullable(value).orElse("");
  }

  static void require(boolean holds, String member) throws UnusableRecordException {
    if (!holds) {
      throw lacks(member);
    }
  }

  private static UnusableRecordException lacks(String member) {
    return new UnusableRecordException("the message lacks " + member);
  }

  /** A reason in one line, without the values that it quotes. */
  static String withoutValues(String reason) {
    String line = String.valueOf(reason).lines().findFirst().orElse("");
    String plain = QUOTED.matcher(line).replaceAll("...");
    return plain.substring(0, Math.min(plain.length(), REASON));
  }
}
