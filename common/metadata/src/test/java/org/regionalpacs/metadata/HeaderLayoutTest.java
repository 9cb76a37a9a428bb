package org.regionalpacs.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;
import org.regionalpacs.dicom.io.PixelFrames;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.security.CharsetProperties;
import org.regionalpacs.security.TenantCharsets;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.test.Testdata;

/** The layout of frames comes with the metadata, by the same reading. */
class HeaderLayoutTest {
  @TempDir Path folder;

  @Test
  void givenEverySample_whenItsMetadataAreRead_thenTheLayoutIsThatOfItsFrames() throws IOException {
    int several = 0;
    int encapsulated = 0;
    for (Path file : Testdata.dicomFiles()) {
      byte[] layout = read(ByteSource.of(file)).layout();
      byte[] expected = expected(file);
      if (layout.length == 0 && file.toString().contains("/broken/")) {
        // Its metadata can't be read either; who wants frames may find more.
        continue;
      }
      assertThat(layout).as(file.toString()).isEqualTo(expected);
      if (expected.length > 0) {
        PixelFrames frames = PixelFrames.fromBytes(layout).orElseThrow();
        several += frames.count() > 1 ? 1 : 0;
        encapsulated += frames.encapsulated() ? 1 : 0;
      }
    }
    assertThat(several).isGreaterThan(20);
    assertThat(encapsulated).isGreaterThan(50);
  }

  private static byte[] expected(Path file) {
    try {
      return PixelFrames.of(ByteSource.of(file)).toBytes();
    } catch (IOException e) {
      return new byte[0];
    }
  }

  @Test
  void givenAnObject_whenItsMetadataAreRead_thenItIsOpenedOnce() throws IOException {
    Path file = SampleObjects.write(SampleObjects.newStudy().image(1), folder);
    AtomicInteger opened = new AtomicInteger();

    assertThat(read(counting(ByteSource.of(file), opened)).layout()).isNotEmpty();

    assertThat(opened).hasValue(1);
  }

  @Test
  void givenFragmentsThatMustBeLookedAtOneByOne_whenTheyAreThousands_thenNobodyDoes()
      throws IOException {
    // Two a frame and no offset table: which begin a frame shows in their first bytes only.
    AtomicInteger opened = new AtomicInteger();
    assertThat(read(ByteSource.of(fragmented(400, 2))).layout()).isNotEmpty();

    assertThat(read(counting(ByteSource.of(fragmented(2000, 2)), opened)).layout()).isEmpty();

    assertThat(opened.get()).isLessThanOrEqualTo(1000);
  }

  @Test
  void givenMoreFragmentsThanAreRemembered_whenRead_thenTheLayoutIsNotKnown() throws IOException {
    assertThat(read(ByteSource.of(fragmented(50_001, 1))).layout()).isEmpty();
  }

  private Path fragmented(int frames, int each) throws IOException {
    Attributes image = SampleObjects.newStudy().image(1);
    image.setInt(Tag.NumberOfFrames, frames);
    Fragments fragments = new Fragments();
    fragments.add(new byte[0]);
    for (int frame = 0; frame < frames; frame++) {
      fragments.add(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0});
      for (int more = 1; more < each; more++) {
        fragments.add(new byte[] {1, 2, 3, 4});
      }
    }
    image.set(Tag.PixelData, VR.OB, fragments);
    Path file = folder.resolve(frames + ".dcm");
    String sop = image.getString(Tag.SOPInstanceUID, "");
    Attributes meta = FileMeta.of(UID.CTImageStorage, sop, UID.JPEGBaseline8Bit);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      DicomOutputStream.writeFile(meta, image, out);
    }
    return file;
  }

  private static ByteSource counting(ByteSource file, AtomicInteger opened) {
    return new ByteSource() {
      @Override
      public long size() throws IOException {
        return file.size();
      }

      @Override
      public InputStream open(long offset, long length) throws IOException {
        opened.incrementAndGet();
        return file.open(offset, length);
      }
    };
  }

  private static InstanceText read(ByteSource file) {
    InstanceObject instance =
        new InstanceObject(
            "default",
            "1",
            "2",
            "3",
            new UUID(0, 0),
            "4",
            UID.ExplicitVRLittleEndian,
            0,
            0,
            OptionalInt.empty(),
            OptionalInt.empty(),
            List.of(),
            List.of());
    return new InstanceTextReader(
            (_, _) -> file, new TenantCharsets(new CharsetProperties(List.of())))
        .read(instance, "http://here/dicom-web");
  }
}
