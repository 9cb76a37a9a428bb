package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.test.SampleObjects;

/** While fifty readers read an object by the cache, it becomes another or is deleted. */
class ColdChangesIT extends ColdIT {
  private static final int READERS = 50;

  private enum Expected {
    BEFORE,
    EITHER,
    AFTER
  }

  private volatile Expected expected;

  /** What a reader may see. */
  private interface Judge {
    boolean right(Answer answer);
  }

  private void whileRead(String path, Judge before, Judge after, Runnable change) throws Exception {
    expected = Expected.BEFORE;
    AtomicBoolean enough = new AtomicBoolean();
    AtomicInteger reads = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(
            threads.submit(() -> {
              while (!enough.get()) {
                // What was so when it was asked.
                Expected at = expected;
                Answer answer = get(path, "Accept", "application/dicom; transfer-syntax=*");
                boolean right =
                    switch (at) {
                      case BEFORE, EITHER ->
                          before.right(answer)
                              || after.right(answer)
                              // Its row is there before its place is.
                              || answer.status() == 503 && expected != Expected.BEFORE;
                      case AFTER -> after.right(answer);
                    };
                assertThat(right).as(at + ": " + answer.status()).isTrue();
                reads.incrementAndGet();
              }
            }));
      }
      awaitMore(reads, readers);
      expected = Expected.EITHER;
      change.run();
      expected = Expected.AFTER;
      awaitMore(reads, readers);
      enough.set(true);
      for (Future<?> reader : readers) {
        reader.get();
      }
    } finally {
      enough.set(true);
    }
  }

  private static void awaitMore(AtomicInteger reads, List<Future<?>> readers) {
    int now = reads.get();
    Awaitility.await()
        .until(() -> reads.get() > now + 4 * READERS || readers.stream().anyMatch(Future::isDone));
  }

  private static Judge serves(Attributes image) {
    byte[] wanted = dataSet(part10(image));
    return answer -> answer.status() == 200 && Arrays.equals(dataSet(answer.body()), wanted);
  }

  @Test
  void givenReaders_whenTheObjectGetsANewVersion_thenNobodyGetsTheOldOneAfterwards()
      throws Exception {
    SampleObjects study = SampleObjects.newStudy();
    Attributes first = study.image(1);
    cold(first);
    Attributes second =
        study.image(2).setString(Tag.SOPInstanceUID, first.getString(Tag.SOPInstanceUID, ""));

    whileRead(instancePath(first), serves(first), serves(second), () -> cold(second));

    assertThat(get(instancePath(first) + "/frames/1", "Accept", "*/*").status()).isEqualTo(200);
  }

  @Test
  void givenReaders_whenTheObjectIsDeleted_thenNobodyGetsItAfterwards() throws Exception {
    Attributes image = SampleObjects.newStudy().image(1);
    cold(image);

    whileRead(
        instancePath(image),
        serves(image),
        answer -> answer.status() == 404,
        () ->
            assertThat(
                    send("DELETE", "/dicom-web" + instancePath(image), BodyPublishers.noBody())
                        .status())
                .isEqualTo(204));
  }
}
