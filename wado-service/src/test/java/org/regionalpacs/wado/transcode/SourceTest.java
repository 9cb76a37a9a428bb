package org.regionalpacs.wado.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.test.SampleObjects;

class SourceTest {
  private static byte[] file(Attributes image) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    Attributes meta =
        FileMeta.of(
            UID.CTImageStorage,
            image.getString(Tag.SOPInstanceUID, ""),
            UID.ExplicitVRLittleEndian);
    DicomOutputStream.writeFile(meta, image, file);
    return file.toByteArray();
  }

  private static InstanceObject object(long size) {
    return new InstanceObject(
        "default",
        "1.2",
        "1.2.1",
        "1.2.1.1",
        new UUID(1, 2),
        UID.CTImageStorage,
        UID.ExplicitVRLittleEndian,
        size,
        0,
        OptionalInt.empty(),
        OptionalInt.empty(),
        List.of(),
        List.of());
  }

  @Test
  void givenManyFrames_whenTheirHeaderIsAskedFor_thenItIsReadOnce() throws IOException {
    byte[] file = file(SampleObjects.newStudy().image(1));
    ByteSource stored = ByteSource.of(file);
    AtomicInteger opened = new AtomicInteger();
    ByteSource counting =
        new ByteSource() {
          @Override
          public long size() throws IOException {
            return stored.size();
          }

          @Override
          public InputStream open(long offset, long length) throws IOException {
            opened.incrementAndGet();
            return stored.open(offset, length);
          }
        };
    InstanceObject object = object(file.length);
    Source source = new Source(object, object, counting);

    assertThat(opened).hasValue(0);
    Attributes header = source.header();
    int once = opened.get();
    assertThat(source.header()).isSameAs(header);
    assertThat(header.getInt(Tag.Rows, 0)).isEqualTo(SampleObjects.SIZE);
    assertThat(opened).hasValue(once);
  }
}
