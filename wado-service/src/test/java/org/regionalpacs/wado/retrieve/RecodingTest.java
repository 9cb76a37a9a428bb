package org.regionalpacs.wado.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomFormatException;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.messages.ConversionMessage;
import org.regionalpacs.messages.ConversionOutcome;
import org.regionalpacs.test.SampleObjects;

class RecodingTest {
  @TempDir Path folder;
  private final List<ConversionMessage> log = new ArrayList<>();
  private final Recoding recoding = new Recoding(log::add);
  private Path file;

  @BeforeEach
  void write() throws IOException {
    Attributes image = SampleObjects.newStudy().image(1);
    file = folder.resolve("implicit.dcm");
    try (OutputStream out = Files.newOutputStream(file)) {
      Attributes meta =
          FileMeta.of(
              UID.CTImageStorage,
              image.getString(Tag.SOPInstanceUID, ""),
              UID.ImplicitVRLittleEndian);
      DicomOutputStream.writeFile(meta, image, out);
    }
  }

  private InstanceObject object() throws IOException {
    return new InstanceObject(
        "default",
        "1.2",
        "1.2.1",
        "1.2.1.1",
        new UUID(1, 2),
        UID.CTImageStorage,
        UID.ImplicitVRLittleEndian,
        Files.size(file),
        0,
        OptionalInt.empty(),
        OptionalInt.empty(),
        List.of(),
        List.of());
  }

  private ConversionMessage only() {
    assertThat(log).hasSize(1);
    return log.getFirst();
  }

  @Test
  void givenAnObject_whenRecoded_thenSizesAndSyntaxesAreRecorded() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    recoding.toExplicitLittleEndian(object(), ByteSource.of(file), out);

    ConversionMessage done = only();
    assertThat(done.outcome()).isEqualTo(ConversionOutcome.DONE);
    assertThat(done.fromSyntax()).isEqualTo(UID.ImplicitVRLittleEndian);
    assertThat(done.toSyntax()).isEqualTo(UID.ExplicitVRLittleEndian);
    assertThat(done.sizeBefore()).isEqualTo(Files.size(file));
    assertThat(done.sizeAfter()).isEqualTo(out.size());
    assertThat(done.study()).isEqualTo("1.2");
    assertThat(done.receptionId()).isEqualTo(new UUID(1, 2));
    assertThat(done.cause()).isEmpty();
  }

  @Test
  void givenASlowClient_whenRecoded_thenItsTimeIsNotThatOfTheConversion() throws IOException {
    long start = System.nanoTime();
    OutputStream slow =
        new ByteArrayOutputStream() {
          @Override
          public void write(byte[] bytes, int offset, int length) {
            if (length >= SampleObjects.SIZE) {
              LockSupport.parkNanos(300_000_000);
            }
          }
        };
    recoding.toExplicitLittleEndian(object(), ByteSource.of(file), slow);

    long all = (System.nanoTime() - start) / 1_000_000;
    assertThat(only().millis()).isLessThan(all - 250);
  }

  @Test
  void givenAnObjectThatEndsEarly_whenRecoded_thenTheCauseIsRecorded() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, 400));

    assertThatThrownBy(() ->
            recoding.toExplicitLittleEndian(
                object(), ByteSource.of(file), OutputStream.nullOutputStream()))
        .isInstanceOf(DicomFormatException.class);

    assertThat(only().outcome()).isEqualTo(ConversionOutcome.FAILED);
    assertThat(only().sizeAfter()).isZero();
    assertThat(only().cause()).isNotEmpty();
  }

  @Test
  void givenAClientThatGoes_whenRecoded_thenItIsCancelled() throws IOException {
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new ClientAbortException("reset");
          }
        };
    assertThatThrownBy(() -> recoding.toExplicitLittleEndian(object(), ByteSource.of(file), gone))
        .isInstanceOf(ClientAbortException.class);

    assertThat(only().outcome()).isEqualTo(ConversionOutcome.CANCELLED);
    assertThat(only().cause()).isEqualTo("client went away");
  }
}
