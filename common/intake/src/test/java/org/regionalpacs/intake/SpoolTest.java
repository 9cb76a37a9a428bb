package org.regionalpacs.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.intake.IntakeException.Reason;

/** Objects that are made of pieces. */
class SpoolTest {
  @TempDir Path root;
  private TestIntake intake;

  @BeforeEach
  void start() throws IOException {
    intake = TestIntake.start(root, TestIntake.NO_KAFKA);
  }

  @AfterEach
  void stop() throws IOException {
    intake.close();
  }

  @Test
  void givenPiecesInASpool_whenAnObjectIsMadeOfThem_thenItIsStoredAndThePiecesGo()
      throws Exception {
    TestObject object = TestObject.create();
    byte[] pixels = new byte[300_000];
    pixels[299_999] = 7;
    Received received;
    try (Spool spool = intake.intake().spool(OptionalLong.empty())) {
      assertThat(spool.append(new ByteArrayInputStream(new byte[5]))).isEqualTo(new BulkData(0, 5));
      BulkData piece = spool.append(new ByteArrayInputStream(pixels));
      assertThat(piece).isEqualTo(new BulkData(5, 300_000));
      assertThat(intake.files()).singleElement().asString().matches("\\.tmp/.*\\.part");
      Attributes dataSet = read(object).set(Tag.PixelData, VR.OW, piece);

      received =
          intake
              .intake()
              .receive(
                  object.anonymousReception(),
                  out ->
                      DicomOutputStream.writeDataSet(
                          dataSet, UID.ExplicitVRLittleEndian, spool.bytes(), out));
    }

    Path file = intake.file(received);
    assertThat(received.message().sopInstance()).isEqualTo(object.sopInstance());
    try (DicomInputStream in = DicomInputStream.ofFile(file)) {
      assertThat(in.readDataSet().getBytes(Tag.PixelData)).contains(pixels);
    }
    assertThat(intake.files()).noneMatch(name -> name.endsWith(".part"));
  }

  @Test
  void givenMoreIsAnnouncedThanThereIsRoom_whenASpoolIsAskedFor_thenRefused() throws Exception {
    assertThatThrownBy(() -> intake.intake().spool(OptionalLong.of(Long.MAX_VALUE)))
        .isInstanceOfSatisfying(
            IntakeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OUT_OF_RESOURCES));
    assertThat(intake.files()).isEmpty();
  }

  @Test
  void givenAPieceThatBreaksOff_thenTheSendersFailureComesThrough() throws Exception {
    try (Spool spool = intake.intake().spool(OptionalLong.empty())) {
      assertThatThrownBy(() -> spool.append(broken()))
          .isInstanceOf(IOException.class)
          .hasMessage("gone");
    }
    assertThat(intake.files()).isEmpty();
  }

  @Test
  void givenWhatAnObjectIsMadeOfCannotBeRead_thenNothingIsKept() throws Exception {
    TestObject object = TestObject.create();
    byte[] beginning = object.bytes();

    assertThatThrownBy(() ->
            intake
                .intake()
                .receive(
                    object.anonymousReception(),
                    (DataSetContent)
                        out -> {
                          out.write(beginning);
                          broken().read();
                        }))
        .isInstanceOf(IOException.class)
        .hasMessage("gone");
    assertThat(Files.exists(root.resolve("default"))).isFalse();
  }

  private static Attributes read(TestObject object) throws IOException {
    try (DicomInputStream in =
        DicomInputStream.ofDataSet(object.stream(), UID.ExplicitVRLittleEndian)) {
      return in.readDataSet();
    }
  }

  private static InputStream broken() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("gone");
      }
    };
  }
}
