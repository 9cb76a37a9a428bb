package org.regionalpacs.consumer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.messages.ReceptionId;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.test.SampleObjects;

/** Puts objects into the online store as intake does, and says what intake would say. */
public final class AcceptedObjects {
  public static final String TENANT = "default";
  static final String NODE = "0b7b1c52-4dd4-4fd0-8d1b-9a7a51f1b3aa";

  private final Path root;

  public AcceptedObjects(Path root) {
    this.root = root;
    try {
      Files.createDirectories(root);
      Files.writeString(root.resolve(".node"), NODE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<StorageMessage> accept(SampleObjects study, int count) {
    List<StorageMessage> messages = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      messages.add(accept(study.image(number)));
    }
    return messages;
  }

  public StorageMessage accept(Attributes object) {
    Path folder =
        root.resolve(TENANT)
            .resolve(object.getString(Tag.StudyInstanceUID, ""))
            .resolve(object.getString(Tag.SeriesInstanceUID, ""));
    return message(SampleObjects.write(object, folder), object, TENANT);
  }

  /** A file as it is, of a tenant of its own; bytes that aren't there were lost on the way. */
  public StorageMessage accept(Path file, String tenant) {
    try (DicomInputStream in = DicomInputStream.ofFile(file)) {
      Attributes header = in.readDataSetUntil(Tag.FloatPixelData);
      Path stored =
          Files.createDirectories(
                  root.resolve(tenant)
                      .resolve(header.getString(Tag.StudyInstanceUID, ""))
                      .resolve(header.getString(Tag.SeriesInstanceUID, "")))
              .resolve(header.getString(Tag.SOPInstanceUID, "") + ".dcm");
      Files.copy(file, stored);
      return message(stored, header, tenant);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file that is no DICOM, under the identity of a new object. */
  StorageMessage acceptRubbish(SampleObjects study) throws IOException {
    Attributes object = study.image(1);
    StorageMessage message = accept(object);
    Path file = root.resolve(message.filePath());
    byte[] rubbish = "This is not DICOM at all.".repeat(20).getBytes();
    Files.write(file, rubbish);
    return with(message, sha256(rubbish), rubbish.length, 0);
  }

  static StorageMessage withDigest(StorageMessage message, String digest) {
    return with(message, digest, message.fileSize(), message.dataSetOffset());
  }

  private static StorageMessage with(
      StorageMessage message, String digest, long size, int dataSetOffset) {
    return new StorageMessage(
        message.schemaVersion(),
        message.receptionId(),
        message.tenant(),
        message.transferSyntax(),
        message.sopClass(),
        message.sopInstance(),
        message.study(),
        message.series(),
        message.patientId(),
        message.fileName(),
        size,
        message.filePath(),
        dataSetOffset,
        message.node(),
        message.callingAe(),
        message.source(),
        message.received(),
        digest);
  }

  static StorageMessage withPath(StorageMessage message, String path) {
    return new StorageMessage(
        message.schemaVersion(),
        message.receptionId(),
        message.tenant(),
        message.transferSyntax(),
        message.sopClass(),
        message.sopInstance(),
        message.study(),
        message.series(),
        message.patientId(),
        message.fileName(),
        message.fileSize(),
        path,
        message.dataSetOffset(),
        message.node(),
        message.callingAe(),
        message.source(),
        message.received(),
        message.digest());
  }

  /** The same, said to be on another node. */
  static StorageMessage onNode(StorageMessage message, String node) {
    return new StorageMessage(
        message.schemaVersion(),
        message.receptionId(),
        message.tenant(),
        message.transferSyntax(),
        message.sopClass(),
        message.sopInstance(),
        message.study(),
        message.series(),
        message.patientId(),
        message.fileName(),
        message.fileSize(),
        message.filePath(),
        message.dataSetOffset(),
        node,
        message.callingAe(),
        message.source(),
        message.received(),
        message.digest());
  }

  private StorageMessage message(Path file, Attributes object, String tenant) {
    try (DicomInputStream in = DicomInputStream.ofFile(file)) {
      byte[] bytes = Files.readAllBytes(file);
      int offset = (int) in.dataSetOffset();
      return new StorageMessage(
          StorageMessage.SCHEMA_VERSION,
          ReceptionId.next(),
          tenant,
          in.transferSyntax(),
          object.getString(Tag.SOPClassUID, ""),
          object.getString(Tag.SOPInstanceUID, ""),
          object.getString(Tag.StudyInstanceUID, ""),
          object.getString(Tag.SeriesInstanceUID, ""),
          object.getString(Tag.PatientID, ""),
          file.getFileName().toString(),
          bytes.length,
          root.relativize(file).toString(),
          offset,
          NODE,
          "MODALITY",
          "DIMSE",
          Instant.now(),
          sha256(Arrays.copyOfRange(bytes, offset, bytes.length)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
