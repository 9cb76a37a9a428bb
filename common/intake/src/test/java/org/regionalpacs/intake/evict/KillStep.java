package org.regionalpacs.intake.evict;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import org.regionalpacs.storage.BlobStore;

/** Where a process that evicts, or brings back, is killed. */
enum KillStep {
  /** A copy is being read back. */
  READING_THE_COPY(false, Moment.READ, ""),
  /** The files have lost their names; the index has them as online. */
  NAMES_TAKEN(false, Moment.BEFORE, "update location l set state = 'evicted'"),
  /** The first file is marked; the transaction is open. */
  MARKED_AND_NOT_COMMITTED(false, Moment.AFTER, "update location l set state = 'evicted'"),
  /** The index has them as evicted; the files are still there. */
  COMMITTED(false, Moment.COMMITTED, "update location l set state = 'evicted'"),
  /** The files are gone; the study is not counted. */
  FILES_REMOVED(false, Moment.BEFORE, "update online_study o"),
  /** The first file is being written. */
  FETCHING(true, Moment.READ, ""),
  /** The first file has its name; the index has it as evicted. */
  NAME_GIVEN(true, Moment.BEFORE, "update location set state"),
  /** The index has the first file as online; the second isn't there. */
  BACK_AND_COMMITTED(true, Moment.COMMITTED, "update location set state"),
  /** All are back; the study is not counted. */
  ALL_BACK(true, Moment.BEFORE, "update online_study o");

  /** When, seen from a statement, or from reading a copy. */
  enum Moment {
    BEFORE,
    AFTER,
    COMMITTED,
    READ
  }

  private static final int SOME_BYTES = 200;

  private final boolean bringsBack;
  private final Moment moment;
  private final String statement;

  KillStep(boolean bringsBack, Moment moment, String statement) {
    this.bringsBack = bringsBack;
    this.moment = moment;
    this.statement = statement;
  }

  boolean bringsBack() {
    return bringsBack;
  }

  boolean concerns(String sql) {
    return moment != Moment.READ && sql.stripLeading().startsWith(statement);
  }

  /** Kills this process when it is the moment. */
  void reached(Moment now) {
    if (now == moment) {
      kill();
    }
  }

  private static void kill() {
    try {
      new ProcessBuilder("kill", "-KILL", Long.toString(ProcessHandle.current().pid()))
          .start()
          .waitFor(1, TimeUnit.MINUTES);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException("still alive");
  }

  /** The store, whose first bytes may be the last that this process reads. */
  BlobStore watching(BlobStore store) {
    return (BlobStore)
        Proxy.newProxyInstance(
            BlobStore.class.getClassLoader(),
            new Class<?>[] {BlobStore.class},
            (_, method, arguments) -> {
              try {
                Object result = method.invoke(store, arguments);
                return result instanceof InputStream in ? new WatchedStream(in) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private final class WatchedStream extends FilterInputStream {
    private long count;

    WatchedStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return counted(super.read(), 1);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int read = super.read(to, offset, Math.min(length, SOME_BYTES));
      return counted(read, read);
    }

    private int counted(int result, int bytes) {
      count += bytes;
      if (count > SOME_BYTES) {
        reached(Moment.READ);
      }
      return result;
    }
  }
}
