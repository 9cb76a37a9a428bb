package org.regionalpacs.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  private static final long BOUND = 1_000_000;

  @TempDir Path folder;

  @Test
  void givenMessages_whenReopened_thenTheyComeInTheirOrderBeforeNewOnes() throws Exception {
    try (Outbox outbox = Outbox.open(folder, Sync.FSYNC, BOUND)) {
      append(outbox, "1", "2", "3");
    }
    try (Outbox outbox = Outbox.open(folder, Sync.FSYNC, BOUND)) {
      assertThat(outbox.isEmpty()).isFalse();
      append(outbox, "4");
      assertThat(drain(outbox)).containsExactly("1", "2", "3", "4");
      assertThat(outbox.isEmpty()).isTrue();
      assertThat(outbox.bytes()).isZero();
    }
    assertThat(segments()).isEmpty();
  }

  @Test
  void givenATornRecord_whenReopened_thenWhatWasPromisedIsThere() throws Exception {
    try (Outbox outbox = Outbox.open(folder, Sync.FSYNC, BOUND)) {
      append(outbox, "1", "2");
    }
    Path segment = segments().getFirst();
    Files.write(segment, new byte[] {0, 0, 0, 50, 1, 2, 3, 4, 5}, StandardOpenOption.APPEND);

    try (Outbox outbox = Outbox.open(folder, Sync.FSYNC, BOUND)) {
      append(outbox, "3");
      assertThat(drain(outbox)).containsExactly("1", "2", "3");
    }
  }

  @Test
  void givenADamagedRecord_whenRead_thenNothingWrongIsDelivered() throws Exception {
    try (Outbox outbox = Outbox.open(folder, Sync.FSYNC, BOUND)) {
      append(outbox, "1", "2");
    }
    Path segment = segments().getFirst();
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length - 1] ^= 1;
    Files.write(segment, bytes);

    try (Outbox outbox = Outbox.open(folder, Sync.FSYNC, BOUND)) {
      assertThat(drain(outbox)).containsExactly("1");
    }
  }

  @Test
  void givenManyWritersAndAReader_whenDrained_thenNothingIsLostNorRepeated() throws Exception {
    List<String> read = new ArrayList<>();
    try (Outbox outbox = Outbox.open(folder, Sync.FSYNC, BOUND);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < 8; writer++) {
        String name = writer + "-";
        writers.add(
            threads.submit(() -> {
              for (int i = 0; i < 100; i++) {
                append(outbox, name + i);
              }
              return null;
            }));
      }
      while (read.size() < 800 || !outbox.isEmpty()) {
        read.addAll(drain(outbox));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    assertThat(read).hasSize(800).doesNotHaveDuplicates();
    for (int writer = 0; writer < 8; writer++) {
      String name = writer + "-";
      assertThat(read.stream().filter(each -> each.startsWith(name)))
          .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(i -> name + i).toList());
    }
  }

  @Test
  void givenAnInterruptedWriter_whenAppended_thenTheOthersGoOn() throws Exception {
    try (Outbox outbox = Outbox.open(folder, Sync.FSYNC, BOUND)) {
      append(outbox, "1");
      Thread.currentThread().interrupt();
      append(outbox, "2");
      assertThat(Thread.interrupted()).isTrue();
      append(outbox, "3");
      assertThat(drain(outbox)).containsExactly("1", "2", "3");
    }
  }

  @Test
  void givenItsBoundIsReached_whenAsked_thenFullUntilDelivered() throws Exception {
    try (Outbox outbox = Outbox.open(folder, Sync.FSYNC, 100)) {
      append(outbox, "a".repeat(60));
      assertThat(outbox.isFull()).isFalse();
      append(outbox, "b".repeat(60));
      assertThat(outbox.isFull()).isTrue();
      append(outbox, "c");

      assertThat(drain(outbox)).hasSize(3);
      assertThat(outbox.isFull()).isFalse();
    }
  }

  @Test
  void givenAllMessagesComeHere_whenDelivered_thenTheFileIsEmptiedAndFilledAgain()
      throws Exception {
    try (Outbox outbox = Outbox.open(folder, Sync.FSYNC, BOUND, true)) {
      append(outbox, "1", "2");
      Path file = segments().getFirst();
      OutboxSegment segment = outbox.oldest(1).orElseThrow();
      long flushed = segment.flushed();
      assertThat(flushed).isEqualTo(Files.size(file));

      assertThat(drain(outbox)).containsExactly("1", "2");
      assertThat(outbox.isEmpty()).isTrue();
      assertThat(file).isEmptyFile();

      append(outbox, "3");
      assertThat(segments()).containsExactly(file);
      assertThat(segment.flushed()).isEqualTo(flushed + Files.size(file));
    }
    try (Outbox outbox = Outbox.open(folder, Sync.FSYNC, BOUND, true)) {
      append(outbox, "4");
      assertThat(drain(outbox)).containsExactly("3", "4");
    }
    assertThat(segments()).isEmpty();
  }

  @Test
  void givenAnEmptyFileOfAProcessThatWasKilled_whenReopened_thenItGoes() throws Exception {
    try (Outbox outbox = Outbox.open(folder, Sync.FSYNC, BOUND, true)) {
      append(outbox, "1");
    }
    Files.write(segments().getFirst(), new byte[0]);

    try (Outbox outbox = Outbox.open(folder, Sync.FSYNC, BOUND, true)) {
      append(outbox, "2");
      assertThat(drain(outbox)).containsExactly("2");
      assertThat(segments()).hasSize(1);
    }
  }

  @Test
  void givenAnEmptiedFile_whenWhatAnotherProcessLeftIsAdopted_thenItIsDelivered() throws Exception {
    try (Outbox outbox = Outbox.open(folder, Sync.FSYNC, BOUND, true)) {
      append(outbox, "1");
      assertThat(drain(outbox)).containsExactly("1");
      try (Outbox other = Outbox.open(folder, Sync.FSYNC, BOUND, true)) {
        append(other, "2");
      }

      assertThat(outbox.adopt()).isEqualTo(1);
      append(outbox, "3");

      assertThat(drain(outbox)).containsExactly("2", "3");
    }
  }

  @Test
  void givenMuchWasDeliveredOfAFile_whenAppended_thenANewOneBegins() throws Exception {
    String large = "x".repeat(600_000);
    try (Outbox outbox = Outbox.open(folder, Sync.FSYNC, BOUND, true)) {
      append(outbox, large, large, "3");
      OutboxSegment first = outbox.oldest(1).orElseThrow();
      long delivered = first.read(0, 2).next();
      assertThat(outbox.remove(first, delivered, false)).isFalse();

      append(outbox, "4");

      assertThat(segments()).hasSize(2);
      assertThat(outbox.remove(first, first.size(), false)).isTrue();
      assertThat(drain(outbox)).containsExactly("4");
      assertThat(segments()).hasSize(1);
    }
  }

  @Test
  void givenAllMessagesComeHere_whenKafkaTakesThem_thenNoneCountAsRefused() throws Exception {
    try (Outbox outbox = Outbox.open(folder, Sync.FSYNC, BOUND, true)) {
      append(outbox, "1");
      assertThat(outbox.refusedBytes()).isZero();

      outbox.refused(true);
      assertThat(outbox.refusedBytes()).isEqualTo(outbox.bytes()).isPositive();

      outbox.refused(false);
      assertThat(outbox.refusedBytes()).isZero();
    }
    try (Outbox outbox = Outbox.open(folder, Sync.FSYNC, BOUND)) {
      assertThat(outbox.refusedBytes()).isEqualTo(outbox.bytes()).isPositive();
    }
  }

  private static void append(Outbox outbox, String... texts) throws IOException {
    for (String text : texts) {
      outbox.append(new QueuedMessage("key", text.getBytes(UTF_8)));
    }
  }

  private static List<String> drain(Outbox outbox) throws Exception {
    List<String> texts = new ArrayList<>();
    Optional<OutboxSegment> segment = outbox.oldest(1);
    while (segment.isPresent()) {
      long delivered = 0;
      boolean removed = false;
      while (!removed) {
        OutboxSegment.Batch batch = segment.get().read(delivered, 7);
        batch.messages().forEach(each -> texts.add(new String(each.value(), UTF_8)));
        delivered = batch.next();
        removed = outbox.remove(segment.get(), delivered, batch.torn());
      }
      segment = outbox.oldest(1);
    }
    return texts;
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(each -> each.toString().endsWith(OutboxSegment.SUFFIX)).toList();
    }
  }
}
