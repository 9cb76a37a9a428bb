package org.regionalpacs.standalone;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Readers that ask the same again and again, and remember every answer that wasn't right. */
final class ReadersUnderLoad implements AutoCloseable {
  private static final int READERS = 6;

  private final DicomWeb web;
  private final String path;
  private final byte[] right;
  private final AtomicInteger done = new AtomicInteger();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  private ReadersUnderLoad(DicomWeb web, String path, byte[] right) {
    this.web = web;
    this.path = path;
    this.right = right;
  }

  /**
   * @param right the body of every answer
   */
  static ReadersUnderLoad of(DicomWeb web, String path, byte[] right) {
    ReadersUnderLoad readers = new ReadersUnderLoad(web, path, right);
    for (int i = 0; i < READERS; i++) {
      readers.threads.add(Thread.ofVirtual().start(readers::read));
    }
    return readers;
  }

  private void read() {
    while (!stopped) {
      try {
        HttpResponse<byte[]> answer = web.get(path, "Accept", "application/dicom+json");
        if (answer.statusCode() != 200 || !Arrays.equals(answer.body(), right)) {
          wrong.add(answer.statusCode() + " " + new String(answer.body()));
        }
      } catch (IOException e) {
        wrong.add(e.toString());
      } catch (InterruptedException e) {
        return;
      }
      done.incrementAndGet();
    }
  }

  /** Waits until so many more were answered. */
  void awaitAnswers(int more) {
    int enough = done.get() + more;
    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> done.get() >= enough);
  }

  /** What went wrong by now. */
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join(Duration.ofSeconds(30));
    }
  }
}
