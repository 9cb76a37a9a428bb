package org.regionalpacs.intake;

import java.io.IOException;
import java.nio.file.Files;
import org.regionalpacs.messages.StorageMessage;

/**
 * An object in its place.
 *
 * @param file the file that holds it
 * @param identity what its data set says it is
 */
record PlacedObject(StoredFile file, Identity identity) {

  /** The message that announces it: the same whenever it is made. */
  StorageMessage message(OnlineStore store) throws IOException {
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
        Files.size(file.path()),
        store.relative(file.path()),
        file.dataSetOffset(),
        store.node(),
        header.callingAe(),
        seal.source().name(),
        seal.received(),
        seal.digest());
  }
}
