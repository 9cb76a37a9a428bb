package org.regionalpacs.dicom.net;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Who the user behind a requestor says to be (PS3.7 D.3.3.7).
 *
 * @param type what the fields hold
 * @param responseRequested whether the requestor wants to know that it was understood
 * @param primary the user name in UTF-8, Kerberos ticket, SAML assertion or JSON web token
 * @param secondary the passcode in UTF-8; empty unless the type has one
 */
public record UserIdentity(Type type, boolean responseRequested, byte[] primary, byte[] secondary) {

  /** The user identity type field. */
  public enum Type {
    USERNAME(1),
    USERNAME_AND_PASSCODE(2),
    KERBEROS(3),
    SAML(4),
    JSON_WEB_TOKEN(5);

    private final int code;

    Type(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }

    static Optional<Type> of(int code) {
      return code >= 1 && code <= values().length
          ? Optional.of(values()[code - 1])
          : Optional.empty();
    }
  }

  public UserIdentity {
    primary = primary.clone();
    secondary = secondary.clone();
  }

  /** A user by name; a positive response is asked for. */
  public static UserIdentity user(String name) {
    return new UserIdentity(
        Type.USERNAME, true, name.getBytes(StandardCharsets.UTF_8), new byte[0]);
  }

  /** A user by name and passcode; a positive response is asked for. */
  public static UserIdentity user(String name, String passcode) {
    return new UserIdentity(
        Type.USERNAME_AND_PASSCODE,
        true,
        name.getBytes(StandardCharsets.UTF_8),
        passcode.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public byte[] primary() {
    return primary.clone();
  }

  @Override
  public byte[] secondary() {
    return secondary.clone();
  }

  /** The user's name; empty for types that don't give one in the clear. */
  public Optional<String> name() {
    return type == Type.USERNAME || type == Type.USERNAME_AND_PASSCODE
        ? Optional.of(new String(primary, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /** The passcode, empty when there is none. */
  public String passcode() {
    return new String(secondary, StandardCharsets.UTF_8);
  }

  /** Without what must not be in a log. */
  @Override
  public String toString() {
    return type + name().map(name -> " " + name).orElse("");
  }
}
