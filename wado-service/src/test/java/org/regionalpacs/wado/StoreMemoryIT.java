package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.json.BulkDataUris;
import org.regionalpacs.dicom.json.DicomJsonWriter;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.test.SampleObjects;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Bulk data is never in the heap. */
class StoreMemoryIT extends WadoIT {
  private static final long BULK = 200L << 20;
  private static final long MOST = 100L << 20;

  @Test
  void givenLargeBulkData_whenStored_thenTheHeapStaysSmall() {
    Attributes image = SampleObjects.newStudy().image(1);
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    write(head, "--b\r\nContent-Type: application/dicom+json\r\n\r\n");
    try (var json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), head)) {
      new DicomJsonWriter(json, BulkDataUris.above(100, "bulk/")).writeDataSet(image);
    }
    write(
        head,
        "\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-Location: bulk/7FE00010\r\n\r\n");
    InputStream body =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(
                    new ByteArrayInputStream(head.toByteArray()),
                    zeros(),
                    new ByteArrayInputStream(
                        "\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII)))));
    List<MemoryPoolMXBean> heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    System.gc();
    long before = heap.stream().mapToLong(pool -> pool.getUsage().getUsed()).sum();
    heap.forEach(MemoryPoolMXBean::resetPeakUsage);

    Answer answer =
        send(
            "POST",
            "/dicom-web/studies",
            BodyPublishers.ofInputStream(() -> body),
            "Content-Type",
            "multipart/related; type=\"application/dicom+json\"; boundary=b");

    assertThat(answer.status()).isEqualTo(200);
    long peak =
        heap.stream()
            .filter(pool -> pool.getName().contains("Tenured"))
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum();
    assertThat(peak - before).isLessThan(MOST);
    StorageMessage stored = indexer.index(1).getFirst();
    assertThat(stored.sopInstance()).isEqualTo(image.getString(Tag.SOPInstanceUID, ""));
    assertThat(stored.fileSize()).isGreaterThan(BULK);
  }

  private static void write(ByteArrayOutputStream to, String text) {
    to.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static InputStream zeros() {
    return new InputStream() {
      private long left = BULK;

      @Override
      public int read() {
        return left-- > 0 ? 0 : -1;
      }

      @Override
      public int read(byte[] target, int offset, int length) {
        int n = (int) Math.min(left, length);
        left -= n;
        return n > 0 ? n : -1;
      }
    };
  }
}
