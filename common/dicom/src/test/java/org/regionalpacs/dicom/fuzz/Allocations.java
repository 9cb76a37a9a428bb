package org.regionalpacs.dicom.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Watches that no input makes this thread ask for much more memory than the input has bytes. */
public final class Allocations {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Buffers and strings of the smallest input, several times over. */
  private static final long BASE = 1 << 20;

  /** An empty item of eight bytes becomes an object in a list. */
  private static final long PER_BYTE = 1000;

  private Allocations() {}

  /** What may fail in a known way. */
  public interface Reading {
    void run() throws Exception;
  }

  /** Runs it and checks the memory it has asked for; again if need be, as classes load once. */
  public static void bounded(int inputBytes, Reading reading) throws Exception {
    long most = BASE + PER_BYTE * inputBytes;
    if (asked(reading) > most && asked(reading) > most) {
      throw new AssertionError(inputBytes + " bytes made it allocate more than " + most);
    }
  }

  private static long asked(Reading reading) throws Exception {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    reading.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
