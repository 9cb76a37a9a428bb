package org.regionalpacs.storage.fastdfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PipeTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  void givenManyBytes_whenWrittenAndReadInOddPortions_thenTheyAreTheSame() throws Exception {
    byte[] content = bytes(100_003);
    Pipe pipe = new Pipe(1000);
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              byte[] portion = new byte[777];
              try {
                for (int done = 0; done < content.length; done += portion.length) {
                  int count = Math.min(portion.length, content.length - done);
                  System.arraycopy(content, done, portion, 0, count);
                  pipe.write(portion, count, LONG);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              pipe.end();
            });
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] buffer = new byte[611];
    while (pipe.await(Deadline.after(LONG)) && !pipe.drained()) {
      read.write(buffer, 0, pipe.read(buffer, 0, buffer.length));
    }
    writer.join();
    assertThat(read.toByteArray()).isEqualTo(content);
  }

  @Test
  void givenAReaderThatStaysAway_whenThePipeIsFull_thenTheWriterGivesUp() throws Exception {
    Pipe pipe = new Pipe(10);
    assertThat(pipe.write(bytes(10), 10, LONG)).isTrue();
    assertThat(pipe.write(bytes(10), 1, Duration.ofMillis(20))).isFalse();
  }

  @Test
  void givenNoBytes_whenWaitedFor_thenNotForEver() throws Exception {
    assertThat(new Pipe(10).await(Deadline.after(Duration.ofMillis(20)))).isFalse();
  }

  @Test
  void givenTheEnd_whenReadAndWritten_thenWhatIsThereCanBeReadAndNothingAdded() throws Exception {
    Pipe pipe = new Pipe(10);
    pipe.write(bytes(3), 3, LONG);
    pipe.end();

    assertThat(pipe.write(bytes(1), 1, LONG)).isFalse();
    assertThat(pipe.drained()).isFalse();
    assertThat(pipe.read(new byte[10], 0, 10)).isEqualTo(3);
    assertThat(pipe.drained()).isTrue();
    assertThat(pipe.read(new byte[10], 0, 10)).isZero();
  }
}
