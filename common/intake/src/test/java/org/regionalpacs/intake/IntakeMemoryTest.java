package org.regionalpacs.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.test.RealServices;

class IntakeMemoryTest {
  private static final long LARGE = 200L * 1024 * 1024;

  @TempDir Path root;

  @Test
  void givenALargeObject_whenReceived_thenTheHeapDoesNotNotice() throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (TestIntake intake =
        TestIntake.start(
            root, RealServices.kafkaBootstrap(), TestIntake.properties(Sync.NONE, true))) {
      intake.receive(TestObject.create());
      TestObject object = TestObject.create();
      InputStream large =
          new SequenceInputStream(new ByteArrayInputStream(object.bytes()), new Zeros(LARGE));

      long before = threads.getCurrentThreadAllocatedBytes();
      Received received = intake.intake().receive(object.reception(), large);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;

      assertThat(received.message().fileSize()).isGreaterThan(LARGE);
      assertThat(allocated).isLessThan(2 * 1024 * 1024);
    }
  }

  /** So many zero bytes. */
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long count) {
      this.left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(length, left);
      Arrays.fill(target, offset, offset + count, (byte) 0);
      left -= count;
      return count;
    }
  }
}
