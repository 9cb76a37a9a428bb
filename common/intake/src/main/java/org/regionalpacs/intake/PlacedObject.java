package org.regionalpacs.intake;

import org.regionalpacs.messages.StorageMessage;

/**
 * An object in its place.
 *
 * @param file the file that holds it
 * @param identity what its data set says it is
 */
record PlacedObject(StoredFile file, Identity identity) {

  /**
   * The message that announces it: the same whenever it is made, and also when the file has just
   * gone.
   */
  StorageMessage message(OnlineStore store) {
    FileHeader header = file.header();
    Seal seal = header.seal();
    return new StorageMessage(
        StorageMessage.SCHEMA_VERSION,
        seal.receptionId(),
        seal.tenant(),
        header.transferSyntax(),
        header.sopClass(),
        header.sopInstance(),
        identity.study(),
        identity.series(),
        identity.patientId(),
        file.path().getFileName().toString(),
        file.dataSetOffset() + seal.dataSetLength(),
        store.relative(file.path()),
        file.dataSetOffset(),
        store.node(),
        header.callingAe(),
        seal.source().name(),
        seal.received(),
        seal.digest());
  }
}
