package org.regionalpacs.storage;

import java.io.IOException;
import java.util.UUID;

/**
 * What an archived object and the manifest beside it are called.
 *
 * @param tenant the hospital
 * @param study Study Instance UID
 * @param series Series Instance UID
 * @param sop SOP Instance UID
 * @param receptionId the object
 */
public record ArchiveName(
    String tenant, String study, String series, String sop, UUID receptionId) {

  /** Name of the object's file. */
  public String object() {
    return stem() + ".dcm";
  }

  /** Name of the manifest. */
  public String manifest() {
    return stem() + ".json";
  }

  private String stem() {
    return String.join("/", tenant, study, series, sop, receptionId.toString());
  }

  /**
   * Deletes the object, then its manifest: as long as there is anything, there is what describes
   * it.
   *
   * @param objectId what the store calls the object
   * @throws IOException when it is to be tried again later
   */
  public void deleteFrom(BlobStore archive, String objectId) throws IOException {
    archive.delete(objectId);
    archive.delete(manifest());
  }
}
