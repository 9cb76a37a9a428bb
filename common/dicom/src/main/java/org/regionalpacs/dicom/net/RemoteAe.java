package org.regionalpacs.dicom.net;

/**
 * Where another application entity listens.
 *
 * @param aeTitle its AE title
 * @param host name or address
 * @param port TCP port
 */
public record RemoteAe(String aeTitle, String host, int port) {
  /**
   * @throws IllegalArgumentException when a part isn't valid, naming it
   */
  public RemoteAe {
    AeTitle.require(aeTitle);
    if (host.isBlank()) {
      throw new IllegalArgumentException("no host");
    }
    if (port < 1 || port > 0xFFFF) {
      throw new IllegalArgumentException(port + " is no TCP port");
    }
  }

  /**
   * Reads {@code AE@host:port}.
   *
   * @throws IllegalArgumentException when the text isn't that
   */
  public static RemoteAe parse(String text) {
    int at = text.indexOf('@');
    int colon = text.lastIndexOf(':');
    if (at < 0 || colon < at) {
      throw new IllegalArgumentException("'" + text + "' is not AE@host:port");
    }
    String host = text.substring(at + 1, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      return new RemoteAe(text.substring(0, at), host, Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not AE@host:port", e);
    }
  }

  @Override
  public String toString() {
    return aeTitle + "@" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
