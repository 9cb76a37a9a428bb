package org.regionalpacs.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.messages.ReceptionId;

class StoredFileTest {
  /** SHA-256 of {@code abc} (FIPS 180-2 B.1). */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;

  @Test
  void givenBytesAsReceivedOrOthers_thenItIsWholeOrNot() throws Exception {
    Path file = folder.resolve("1.dcm");
    Files.writeString(file, "--abc");
    assertThat(stored(file).isWhole()).isTrue();

    Files.writeString(file, "--abd");
    assertThat(stored(file).isWhole()).isFalse();
  }

  @Test
  void givenAFileThatFailsWhileItIsRead_thenItIsNotWholeAndTheNewObjectIsKept() throws Exception {
    // Opens, and fails at the first byte, as a bad sector does.
    assertThat(stored(folder).isWhole()).isFalse();
  }

  @Test
  void givenAFileThatIsGone_thenThatIsSaid() {
    assertThatThrownBy(() -> stored(folder.resolve("none")).isWhole())
        .isInstanceOf(NoSuchFileException.class);
  }

  private static StoredFile stored(Path path) {
    Seal seal = new Seal(ReceptionId.next(), ABC, 3, Instant.EPOCH, Source.DIMSE, "default");
    return new StoredFile(
        path,
        new FileHeader(UID.CTImageStorage, "1.2.3", UID.ExplicitVRLittleEndian, "", "", seal),
        2);
  }
}
