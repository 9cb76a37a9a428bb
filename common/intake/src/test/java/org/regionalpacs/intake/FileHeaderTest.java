package org.regionalpacs.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.messages.ReceptionId;

class FileHeaderTest {
  @TempDir Path folder;

  private static Seal seal(String tenant, long length) {
    return new Seal(
        ReceptionId.next(),
        "0123456789abcdef".repeat(4),
        length,
        Instant.ofEpochMilli(1_700_000_000_123L),
        Source.STOW,
        tenant);
  }

  @Test
  void givenTheLongestValues_whenEncoded_thenItHasItsConstantSizeAndIsReadBack() throws Exception {
    String uid = "1".repeat(128);
    FileHeader header =
        new FileHeader(uid, uid, uid, "A".repeat(16), "B".repeat(16), seal("t".repeat(63), 0));

    assertThat(readBack(header)).isEqualTo(header);
  }

  @Test
  void givenTheShortestValues_whenEncoded_thenItHasItsConstantSizeAndIsReadBack() throws Exception {
    FileHeader header = new FileHeader("", "1", "1.2.840.10008.1.2", "", "", seal("default", 0));

    assertThat(readBack(header)).isEqualTo(header);
  }

  @Test
  void givenATitleThatCantBeWritten_whenMade_thenItIsMadeUsable() {
    FileHeader header = new FileHeader("", "1", "1.2", " GERÄT\\1 ", "X".repeat(20), seal("t", 0));

    assertThat(header.callingAe()).isEqualTo("GER?T?1");
    assertThat(header.calledAe()).isEqualTo("X".repeat(16));
  }

  private FileHeader readBack(FileHeader header) throws Exception {
    byte[] bytes = header.encode();
    assertThat(bytes).hasSize(FileHeader.SIZE);
    Path file = Files.write(folder.resolve("header"), bytes);
    StoredFile stored = StoredFile.read(file, "other").orElseThrow();
    assertThat(stored.dataSetOffset()).isEqualTo(FileHeader.SIZE);
    return stored.header();
  }

  @Test
  void givenAnotherLength_whenRead_thenTheFileIsNotWhole() throws Exception {
    FileHeader header = new FileHeader("", "1", "1.2.840.10008.1.2", "", "", seal("default", 100));
    Path file = Files.write(folder.resolve("short"), header.encode());

    assertThat(StoredFile.read(file, "other")).isEmpty();
  }

  @Test
  void givenOtherBytes_whenDecoded_thenTheyAreNoSeal() {
    byte[] seal = seal("default", 7).encode();

    assertThat(Seal.decode(seal)).contains(Seal.decode(Arrays.copyOf(seal, 400)).orElseThrow());
    assertThat(Seal.decode(new byte[400])).isEmpty();
    assertThat(Seal.decode(Arrays.copyOf(seal, 60))).isEmpty();
    assertThat(Seal.decode(Arrays.copyOf(seal, seal.length - 3))).isEmpty();
  }
}
