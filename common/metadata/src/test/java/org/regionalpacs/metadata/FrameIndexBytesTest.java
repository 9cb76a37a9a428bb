package org.regionalpacs.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.index.RenditionKind;
import org.regionalpacs.metadata.FrameIndexBytes.CorruptException;
import org.regionalpacs.metadata.IndexedFrames.IndexedRendition;

class FrameIndexBytesTest {
  private static final int COUNT_OFFSET = 6;

  private final IndexedFrames plain = frames("1.2.3", List.of(), 40);
  private final IndexedFrames coded =
      frames(
          "1.2.4",
          List.of(
              new IndexedRendition(
                  UUID.randomUUID(), RenditionKind.LOSSLESS, UID.HTJ2KLossless, 1L << 40),
              new IndexedRendition(
                  UUID.randomUUID(), RenditionKind.PREVIEW, UID.JPEGBaseline8Bit, 7)),
          0);

  private static IndexedFrames frames(String sop, List<IndexedRendition> renditions, int layout) {
    byte[] bytes = new byte[layout];
    Arrays.fill(bytes, (byte) 7);
    return new IndexedFrames(
        sop, UUID.randomUUID(), UID.ExplicitVRLittleEndian, 526_000, renditions, bytes);
  }

  @Test
  void givenAnIndex_whenWrittenAndRead_thenItIsTheSame() throws IOException {
    assertThat(FrameIndexBytes.read(in(written(List.of(plain, coded)))))
        .usingRecursiveComparison()
        .isEqualTo(List.of(plain, coded));
    assertThat(FrameIndexBytes.read(in(written(List.of())))).isEmpty();
  }

  @Test
  void givenAnIndex_whenCutAnywhere_thenThatIsFound() throws IOException {
    byte[] whole = written(List.of(plain, coded));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> FrameIndexBytes.read(in(cut)))
          .as("%s of %s", length, whole.length)
          .isInstanceOf(CorruptException.class);
    }
  }

  @Test
  void givenAnIndex_whenAnyByteIsAnother_thenThatIsFound() throws IOException {
    byte[] whole = written(List.of(plain, coded));
    // RFC 1952 2.3: time and system say nothing of the content.
    for (int at : IntStream.range(0, whole.length).filter(i -> i < 3 || i > 9).toArray()) {
      byte[] other = whole.clone();
      other[at] ^= 0x55;
      assertThatThrownBy(() -> FrameIndexBytes.read(in(other)))
          .as("byte %s", at)
          .isInstanceOf(CorruptException.class);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "another kind of file,              0, 0",
    "another version,                   5, 2",
    "fewer instances than there are,    9, 1",
    "more instances than there are,     9, 3",
    "a negative number of instances,    6, -1",
    "too many instances,                6, 127",
  })
  void givenGoodCompressionOfSomethingElse_whenRead_thenThatIsFound(String what, int at, byte value)
      throws IOException {
    byte[] plainBytes = unzipped(written(List.of(plain, coded)));
    assertThat(plainBytes[COUNT_OFFSET + 3]).isEqualTo((byte) 2);
    plainBytes[at] = value;
    assertThatThrownBy(() -> FrameIndexBytes.read(in(zipped(plainBytes))))
        .isInstanceOf(CorruptException.class);
  }

  @Test
  void givenMoreLayoutsThanThereIsRoomFor_thenThoseAreNeitherHeldNorWritten() throws IOException {
    FrameIndexDraft draft = new FrameIndexDraft(22);
    for (int i = 0; i < 20; i++) {
      draft.add(frames("1.2." + i, List.of(), FrameIndexBytes.MAX_LAYOUT - 1));
    }
    draft.add(frames("1.2.20", List.of(), 16));
    draft.add(frames("1.2.21", List.of(), 1));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    draft.writeTo(out);

    List<IndexedFrames> read = FrameIndexBytes.read(in(out.toByteArray()));

    assertThat(read).hasSize(22);
    assertThat(layoutLengths(read)).isEqualTo(layoutLengths(draft.instances()));
    assertThat(read.subList(0, 16)).allMatch(one -> one.layout().length > 0);
    assertThat(read.subList(16, 20)).allMatch(one -> one.frames().isEmpty());
    assertThat(read.get(20).layout()).as("fills the rest").hasSize(16);
    assertThat(read.getLast().layout()).isEmpty();
    assertThat(layoutLengths(read).stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(FrameIndexDraft.MAX_LAYOUTS);
  }

  private static List<Integer> layoutLengths(List<IndexedFrames> instances) {
    return instances.stream().map(one -> one.layout().length).toList();
  }

  private static byte[] written(List<IndexedFrames> instances) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FrameIndexBytes.write(instances, out);
    return out.toByteArray();
  }

  private static ByteArrayInputStream in(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static byte[] unzipped(byte[] bytes) throws IOException {
    return new GZIPInputStream(in(bytes)).readAllBytes();
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
