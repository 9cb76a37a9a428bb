package org.regionalpacs.index;

import java.util.ArrayList;
import java.util.List;

/**
 * A received object that has, or had, a file on a node.
 *
 * @param reception the object
 * @param transferSyntax its Transfer Syntax UID
 * @param digest SHA-256 of its data set, lower-case hex
 * @param dataSetOffset where the data set begins in the file
 * @param path of the file, relative to the node's ROOT
 * @param length bytes of the file
 * @param state of the file: {@link #AVAILABLE}, {@link #EVICTED} or what reconciling wrote there
 * @param archived its copies in archives, as far as they are there
 */
public record NodeObject(
    ReceptionKey reception,
    String transferSyntax,
    String digest,
    int dataSetOffset,
    String path,
    long length,
    String state,
    List<ObjectLocation> archived) {
  /** The file may be read. */
  public static final String AVAILABLE = "available";

  /** The file went because an archive has the object. */
  public static final String EVICTED = "evicted";

  NodeObject with(ObjectLocation copy) {
    List<ObjectLocation> copies = new ArrayList<>(archived);
    copies.add(copy);
    return new NodeObject(
        reception, transferSyntax, digest, dataSetOffset, path, length, state, List.copyOf(copies));
  }
}
