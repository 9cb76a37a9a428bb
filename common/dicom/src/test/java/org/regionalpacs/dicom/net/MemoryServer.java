package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server in a JVM of its own, so that its memory can be told from the test's; {@link ChildServer}
 * is the test's end. It drops what it receives, and answers each line of its standard input by one
 * line; it ends with its standard input.
 */
final class MemoryServer {
  /** Begins every line that is an answer; the JVM may say other things. */
  static final String ANSWER = "answer ";

  private static final AtomicInteger OPEN = new AtomicInteger();
  private static final AtomicLong RECEIVED = new AtomicLong();

  private MemoryServer() {}

  /**
   * @param args how many associations are served at a time
   */
  public static void main(String[] args) throws IOException {
    ServerOptions options =
        ServerOptions.onLoopback().withMaxAssociations(Integer.parseInt(args[0]));
    try (DicomServer server =
            DicomServer.start(
                options,
                new StoragePolicy(StoringServer.AE::equals),
                MemoryServer::drop,
                AssociationListener.NONE);
        Scanner questions = new Scanner(System.in)) {
      answer(server.port());
      while (questions.hasNextLine()) {
        answer(
            switch (questions.nextLine()) {
              case "associations" -> server.associations();
              case "open" -> OPEN.get();
              case "received" -> RECEIVED.get();
              case "heap" -> heap();
              default -> throw new IllegalArgumentException("no such question");
            });
      }
    }
  }

  private static void answer(long number) {
    System.out.println(ANSWER + number);
  }

  /** Bytes of live objects. */
  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static StoreResult drop(StoreRequest request, InputStream dataSet) throws IOException {
    OPEN.incrementAndGet();
    try {
      byte[] buffer = new byte[128 * 1024];
      int count;
      while ((count = dataSet.read(buffer)) >= 0) {
        RECEIVED.addAndGet(count);
      }
      return StoreResult.success();
    } finally {
      OPEN.decrementAndGet();
    }
  }
}
