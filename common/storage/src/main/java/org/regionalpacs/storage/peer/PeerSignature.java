package org.regionalpacs.storage.peer;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves that a request comes from a service that knows the secret, without sending it: {@code
 * Authorization: PACS-NODE <seconds of the epoch>:<HMAC-SHA-256 of method, path and seconds>}.
 */
public final class PeerSignature {
  /** Older requests, and those of a clock that far ahead, are refused. */
  public static final Duration VALID = Duration.ofMinutes(5);

  private static final String ALGORITHM = "HmacSHA256";
  private static final String SCHEME = "PACS-NODE ";
  private static final Pattern HEADER = Pattern.compile(SCHEME + "([0-9]{1,12}):([0-9a-f]{64})");

  private final SecretKeySpec key;

  /** What a signature says. */
  public enum Verdict {
    /** Who asks knows the secret. */
    VALID,
    /** There is none, it is of another secret or another request. */
    WRONG,
    /** It is right, but was made at another time; mostly a clock is wrong. */
    OUT_OF_TIME
  }

  /** By this secret. */
  public PeerSignature(String secret) {
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /**
   * The header of a request.
   *
   * @param path as it is sent, with its escapes, without query
   */
  public String header(String method, String path, Instant now) {
    long seconds = now.getEpochSecond();
    return SCHEME + seconds + ":" + HexFormat.of().formatHex(mac(method, path, seconds));
  }

  /**
   * Looks at the header of a request.
   *
   * @param header may be null
   */
  public Verdict verify(String header, String method, String path, Instant now) {
    Matcher parts = HEADER.matcher(header == null ? "" : header);
    if (!parts.matches()) {
      return Verdict.WRONG;
    }
    long seconds = Long.parseLong(parts.group(1));
    byte[] shown = HexFormat.of().parseHex(parts.group(2));
    if (!MessageDigest.isEqual(shown, mac(method, path, seconds))) {
      return Verdict.WRONG;
    }
    return Math.abs(now.getEpochSecond() - seconds) <= VALID.toSeconds()
        ? Verdict.VALID
        : Verdict.OUT_OF_TIME;
  }

  private byte[] mac(String method, String path, long seconds) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      String text = method + "\n" + path + "\n" + seconds;
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
