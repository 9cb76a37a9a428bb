package org.regionalpacs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContinuedStreamTest {
  private static final byte[] WHOLE = {10, 11, 12, 13, 14, 15, 16, 17, 18, 19};
  private static final int OFFSET = 2;
  private static final int LENGTH = 7;

  /** What was asked for again. */
  private final List<String> asked = new ArrayList<>();

  private final List<BreakingStream> opened = new ArrayList<>();

  /** Gives some bytes of the range, then breaks off. */
  private static final class BreakingStream extends InputStream {
    private final ByteArrayInputStream bytes;
    private int left;
    private boolean closed;

    BreakingStream(long offset, long length, int pieces) {
      this.bytes = new ByteArrayInputStream(WHOLE, (int) offset, (int) length);
      this.left = pieces;
    }

    @Override
    public int read() throws IOException {
      if (left == 0) {
        throw new IOException("reset by peer");
      }
      left--;
      return bytes.read();
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int one = length == 0 ? 0 : read();
      if (one > 0) {
        to[offset] = (byte) one;
      }
      return Integer.signum(one);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private BreakingStream breaking(long offset, long length, int pieces) {
    BreakingStream stream = new BreakingStream(offset, length, pieces);
    opened.add(stream);
    return stream;
  }

  private ContinuedStream continued(int pieces) {
    return new ContinuedStream(
        breaking(OFFSET, LENGTH, pieces),
        OFFSET,
        LENGTH,
        (offset, length) -> {
          asked.add(offset + "+" + length);
          return breaking(offset, length, pieces);
        });
  }

  @Test
  void givenItBreaksOff_whenRead_thenItGoesOnWhereItWas() throws IOException {
    try (ContinuedStream stream = continued(2)) {
      assertThat(stream.readAllBytes()).containsExactly(12, 13, 14, 15, 16, 17, 18);
    }

    assertThat(asked).containsExactly("4+5", "6+3", "8+1");
    assertThat(opened).allMatch(stream -> stream.closed);
  }

  @Test
  void givenItBreaksOffTimeAndAgain_whenRead_thenItFailsForGood() {
    ContinuedStream stream = continued(1);

    assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);

    assertThat(asked).containsExactly("3+6", "4+5", "5+4");
    // Never an end, which would say that all had come.
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(stream::read).hasMessageContaining("reset by peer");
      assertThatThrownBy(() -> stream.read(new byte[4], 0, 4))
          .hasMessageContaining("reset by peer");
    }
    assertThat(asked).hasSize(3);
  }

  @Test
  void givenItCantBeOpenedAgain_whenRead_thenItFailsWithBothReasonsForGood() {
    ContinuedStream stream =
        new ContinuedStream(
            breaking(OFFSET, LENGTH, 1),
            OFFSET,
            LENGTH,
            (_, _) -> {
              throw new IOException("no other place");
            });

    assertThatThrownBy(stream::readAllBytes)
        .hasMessage("no other place")
        .satisfies(failure -> assertThat(failure.getSuppressed()[0]).hasMessage("reset by peer"));
    assertThatThrownBy(stream::read).hasMessageContaining("no other place");
    assertThat(opened).allMatch(each -> each.closed);
  }

  @Test
  void givenItBreaksOffWhenAllHasCome_whenReadOn_thenThatIsTheEnd() throws IOException {
    ContinuedStream stream = continued(LENGTH);
    assertThat(stream.readNBytes(LENGTH)).hasSize(LENGTH);

    assertThat(stream.read()).isEqualTo(-1);

    assertThat(asked).isEmpty();
  }
}
