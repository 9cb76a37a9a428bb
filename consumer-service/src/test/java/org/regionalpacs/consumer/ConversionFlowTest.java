package org.regionalpacs.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;
import org.regionalpacs.dicom.io.Recoder;
import org.regionalpacs.dicom.io.WriteOptions;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.Rendition;
import org.regionalpacs.messages.ConvertMessage;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.Topics;

/** From the message of intake to the rendition, or to the record of why there is none. */
class ConversionFlowTest extends RunningConsumers {
  private static final MessageCodec<ConvertMessage> CONVERT = MessageCodec.of(ConvertMessage.class);

  @Test
  void givenAnObjectThatViewersDoNotDecode_whenItIsIndexed_thenItGetsARendition() throws Exception {
    StorageMessage message = accepted(deflated(study.image(1)));
    StorageMessage plain = intake.accept(study.image(2));

    send(List.of(message, plain));

    await().atMost(PATIENCE).until(() -> renditions(message).size() == 1);
    assertThat(renditions(message).getFirst().transferSyntax())
        .isEqualTo(UID.ExplicitVRLittleEndian);
    List<ConsumerRecord<String, byte[]>> asked = told(Topics.CONVERT, study);
    assertThat(asked)
        .singleElement()
        .satisfies(record ->
            assertThat(CONVERT.decode(record.value()).object().receptionId())
                .isEqualTo(message.receptionId()));
    await().atMost(PATIENCE).until(() -> inWarehouse("conversion_record", study) == 1);

    Rendition first = renditions(message).getFirst();
    StorageMessage behind = accepted(deflated(study.image(3)));
    send(List.of(message, behind));
    await().atMost(PATIENCE).until(() -> renditions(behind).size() == 1);
    assertThat(told(Topics.CONVERT, study)).as("told again").hasSize(3);
    assertThat(renditions(message)).as("made once").containsExactly(first);
  }

  @Test
  void givenJpegXl_whenItIsIndexed_thenItIsKeptAndTheFailureIsOnRecord() throws Exception {
    StorageMessage message = accepted(jpegXl(study.image(1)));

    send(List.of(message));

    await().atMost(PATIENCE).until(() -> inWarehouse("conversion_record", study) == 1);
    assertThat(
            jdbc.sql(
                    "select outcome || ': ' || cause from warehouse.conversion_record"
                        + " where study_uid = ?")
                .param(study.studyUid())
                .query(String.class)
                .single())
        .startsWith("refused: ")
        .contains(UID.JPEGXLLossless);
    assertThat(renditions(message)).isEmpty();
    awaitIndexedAndArchived(study, 1);
    assertThat(told(Topics.deadLetters(Topics.CONVERT), study)).isEmpty();
    assertThat(parked(study)).isZero();
  }

  private List<Rendition> renditions(StorageMessage message) {
    return index
        .find(message.tenant(), message.study(), message.series(), message.sopInstance())
        .map(InstanceObject::renditions)
        .orElse(List.of());
  }

  private StorageMessage accepted(Path file) {
    return intake.accept(file, AcceptedObjects.TENANT);
  }

  private static Path deflated(Attributes image) throws IOException {
    Path plain = written(image, UID.ExplicitVRLittleEndian);
    Path file = Files.createTempFile(FOLDER, "deflated", ".dcm");
    try (OutputStream out = Files.newOutputStream(file)) {
      Recoder.rewrite(
          ByteSource.of(plain), UID.DeflatedExplicitVRLittleEndian, WriteOptions.DEFAULT, out);
    }
    return file;
  }

  private static Path jpegXl(Attributes image) throws IOException {
    Fragments fragments = new Fragments();
    fragments.add(new byte[0]);
    fragments.add(new byte[] {(byte) 0xFF, 0x0A, 0, 0});
    return written(image.set(Tag.PixelData, VR.OB, fragments), UID.JPEGXLLossless);
  }

  private static Path written(Attributes image, String syntax) throws IOException {
    Path file = Files.createTempFile(FOLDER, "written", ".dcm");
    try (OutputStream out = Files.newOutputStream(file)) {
      Attributes meta =
          FileMeta.of(
              image.getString(Tag.SOPClassUID, ""),
              image.getString(Tag.SOPInstanceUID, ""),
              syntax);
      DicomOutputStream.writeFile(meta, image, out);
    }
    return file;
  }
}
