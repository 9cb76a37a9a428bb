package org.regionalpacs.storage.peer;

import java.net.URI;
import java.net.URISyntaxException;

/** What a node's files are called for the services of other hosts. */
public final class PeerPaths {
  /** Before the id of the node. */
  public static final String ROOT = "/nodes";

  /** Online files, by their paths in the node's online store. */
  public static final String ONLINE = "online";

  /** Derived blobs, by what they are called without the node's id. */
  public static final String DERIVED = "derived";

  /**
   * Header of every answer to who knows the secret: id of the node that answers. That something
   * isn't there is believed only of it, not of whatever else an address may lead to.
   */
  public static final String NODE_HEADER = "PACS-Node";

  private PeerPaths() {}

  /**
   * Path of a URL.
   *
   * @param kind {@link #ONLINE} or {@link #DERIVED}
   * @throws IllegalArgumentException when it can't be one
   */
  static String of(String node, String kind, String name) {
    try {
      return new URI(null, null, String.join("/", ROOT, node, kind, name), null).getRawPath();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a path of a node's file", e);
    }
  }
}
