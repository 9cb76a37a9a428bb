package org.regionalpacs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of {@link BlobStoreContract} about reading. */
abstract class BlobReadingContract {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final Duration SLOW = Duration.ofMillis(20);

  @TempDir Path files;

  /** The store under test; the same one during a test. */
  protected abstract BlobStore store();

  /** Whether a name can be in use: false where the store gives ids of its own choice. */
  protected boolean namesCollide() {
    return true;
  }

  static String name() {
    return "tenant/1.2.3/blob-" + NAMES.incrementAndGet() + ".dcm";
  }

  static byte[] bytes(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  final String put(String name, byte[] content) throws IOException {
    return store().put(name, new ByteArrayInputStream(content), content.length).id();
  }

  final byte[] read(String id, long offset, long length) throws IOException {
    try (InputStream in = store().get(id, offset, length)) {
      return in.readAllBytes();
    }
  }

  static void inParallel(List<Callable<Void>> work) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> one : threads.invokeAll(work)) {
        one.get();
      }
    }
  }

  @Test
  void givenABlob_whenRangesAreRead_thenTheyAreExact() throws IOException {
    byte[] content = bytes(1_000_000, 4);
    String id = put(name(), content);

    assertThat(read(id, 0, 1)).isEqualTo(Arrays.copyOf(content, 1));
    assertThat(read(id, 777, 70_000)).isEqualTo(Arrays.copyOfRange(content, 777, 70_777));
    assertThat(read(id, 999_999, 1)).isEqualTo(Arrays.copyOfRange(content, 999_999, 1_000_000));
    assertThat(read(id, 999_999, -1)).hasSize(1);
    assertThat(read(id, 1_000_000, -1)).isEmpty();
    assertThat(read(id, 5, 0)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 11", "10 1", "5 6", "11 -1", "11 0", "1000000 1"})
  void givenABlob_whenARangeBeyondItsEndIsRead_thenItIsRefused(String range) throws IOException {
    String id = put(name(), bytes(10, 5));
    long offset = Long.parseLong(range.split(" ")[0]);
    long length = Long.parseLong(range.split(" ")[1]);

    assertThatThrownBy(() -> read(id, offset, length)).isInstanceOf(EOFException.class);
  }

  @Test
  void givenABlob_whenItsDigestIsAsked_thenItIsTheSha256OfItsContent() throws Exception {
    byte[] content = bytes(300_000, 14);
    String expected =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));

    assertThat(store().digest(put(name(), content))).isEqualTo(expected);
  }

  @Test
  void givenNoBlob_whenItsDigestOrAnEmptyRangeIsAsked_thenItIsMissing() throws IOException {
    String id = put(name(), bytes(10, 15));
    store().delete(id);

    assertThatThrownBy(() -> store().digest(id)).isInstanceOf(BlobMissingException.class);
    assertThatThrownBy(() -> read(id, 3, 0)).isInstanceOf(BlobMissingException.class);
  }

  @Test
  void givenANegativeOffset_whenRead_thenItIsRefused() throws IOException {
    String id = put(name(), bytes(10, 16));
    assertThatThrownBy(() -> read(id, -1, 1)).isInstanceOf(EOFException.class);
  }

  @Test
  void givenAReader_whenItReadsByteByByte_thenBytesAreUnsignedAndTheEndIsMinusOne()
      throws IOException {
    String id = put(name(), new byte[] {0, -1, 127, -128, 5});
    try (InputStream in = store().get(id, 1, 3)) {
      assertThat(List.of(in.read(), in.read(), in.read())).containsExactly(255, 127, 128);
      assertThat(List.of(in.read(), in.read())).containsExactly(-1, -1);
      assertThat(in.read(new byte[4])).isEqualTo(-1);
      assertThat(in.read(new byte[4], 0, 0)).isLessThanOrEqualTo(0);
    }
  }

  @Test
  void givenAReader_whenItSkips_thenTheNextByteIsTheRightOne() throws IOException {
    byte[] content = bytes(1_000_000, 17);
    try (InputStream in = store().get(put(name(), content), 100, -1)) {
      in.skipNBytes(800_000);
      assertThat(in.readNBytes(50)).isEqualTo(Arrays.copyOfRange(content, 800_100, 800_150));
    }
  }

  @Test
  void givenReadersThatCloseEarly_whenMany_thenTheStoreStillServes() throws IOException {
    byte[] content = bytes(2_000_000, 18);
    String id = put(name(), content);
    for (int i = 0; i < 50; i++) {
      InputStream in = store().get(id, i, -1);
      assertThat(in.read()).isEqualTo(content[i] & 0xFF);
      in.close();
      in.close();
      assertThatThrownBy(in::read).isInstanceOf(IOException.class);
    }
    assertThat(read(id, 0, -1)).isEqualTo(content);
  }

  @Test
  void givenASlowReader_whenItReads_thenItGetsEverything() throws IOException {
    byte[] content = bytes(1_500_000, 19);
    String id = put(name(), content);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try (InputStream in = store().get(id, 0, -1)) {
      byte[] buffer = new byte[100_000];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        read.write(buffer, 0, count);
        LockSupport.parkNanos(SLOW.toNanos());
      }
    }
    assertThat(read.toByteArray()).isEqualTo(content);
  }

  @Test
  void givenManyReadersOfOneBlob_whenTheyReadAtOnce_thenEachGetsItsRange() throws Exception {
    byte[] content = bytes(1_000_000, 20);
    String id = put(name(), content);
    List<Callable<Void>> readers = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      int from = i * 20_011;
      readers.add(() -> {
        assertThat(read(id, from, 300_000))
            .isEqualTo(Arrays.copyOfRange(content, from, from + 300_000));
        return null;
      });
    }
    inParallel(readers);
  }

  @Test
  void givenAReader_whenTheBlobIsDeletedMeanwhile_thenItGetsAllOrAnError() throws IOException {
    byte[] content = bytes(3_000_000, 21);
    String id = put(name(), content);
    byte[] read;
    try (InputStream in = store().get(id, 0, -1)) {
      int first = in.read();
      store().delete(id);
      byte[] rest = in.readAllBytes();
      read = new byte[rest.length + 1];
      read[0] = (byte) first;
      System.arraycopy(rest, 0, read, 1, rest.length);
    } catch (IOException e) {
      return;
    }
    assertThat(read).isEqualTo(content);
  }
}
