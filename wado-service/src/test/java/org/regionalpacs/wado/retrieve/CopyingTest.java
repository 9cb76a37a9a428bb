package org.regionalpacs.wado.retrieve;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.io.ByteSource;

/** Bytes of files go out without passing the heap. */
class CopyingTest {
  private final byte[] content = new byte[600_000];
  private Path file;

  @BeforeEach
  void write(@TempDir Path dir) throws IOException {
    new Random(1).nextBytes(content);
    file = Files.write(dir.resolve("file"), content);
  }

  /** A client's side of the connection. */
  private static final class Client extends ServletOutputStream {
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final List<Integer> direct = new ArrayList<>();

    @Override
    public void write(ByteBuffer bytes) {
      if (bytes.isDirect()) {
        direct.add(bytes.remaining());
      }
      byte[] piece = new byte[bytes.remaining()];
      bytes.get(piece);
      received.writeBytes(piece);
    }

    @Override
    public void write(int b) {
      received.write(b);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException("blocking only");
    }
  }

  @Test
  void givenFilesOneAfterTheOther_whenSent_thenTheyFillBuffersThatNobodyCopies()
      throws IOException {
    Client client = new Client();

    DirectOutput.send(
        out -> {
          for (int length : new int[] {0, 1, DirectOutput.SIZE, 500_000}) {
            out.write('-');
            copy(7, length, out);
          }
        },
        client);

    assertThat(client.received.size()).isEqualTo(4 + 1 + DirectOutput.SIZE + 500_000);
    assertThat(client.received.toByteArray()).startsWith('-', '-', content[7], '-', content[7]);
    assertThat(client.received.toByteArray()).endsWith(Arrays.copyOfRange(content, 7, 500_007));
    assertThat(client.direct.subList(0, client.direct.size() - 1)).containsOnly(DirectOutput.SIZE);
  }

  private void copy(long offset, long length, OutputStream out) throws IOException {
    try (InputStream in = ByteSource.of(file).open(offset, length)) {
      Copying.copy(in, out);
    }
  }

  @Test
  void givenARangeOfAFile_whenReadAsAChannel_thenItEndsWhereTheRangeDoes() throws IOException {
    Client client = new Client();

    DirectOutput.send(out -> copy(599_990, -1, out), client);

    assertThat(client.received.toByteArray())
        .isEqualTo(Arrays.copyOfRange(content, 599_990, 600_000));
  }

  @Test
  void givenAnotherStream_whenCopied_thenAllOfItArrives() throws IOException {
    Client client = new Client();

    Copying.copy(new ByteArrayInputStream(content), client);
    DirectOutput.send(out -> Copying.copy(new ByteArrayInputStream(content), out), client);

    assertThat(client.received.size()).isEqualTo(2 * content.length);
    assertThat(client.received.toByteArray()).startsWith(content).endsWith(content);
  }
}
