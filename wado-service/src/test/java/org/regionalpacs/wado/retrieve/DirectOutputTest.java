package org.regionalpacs.wado.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class DirectOutputTest {
  @TempDir Path folder;

  private final Received received = new Received();

  /** What a server gets. */
  private static final class Received extends ServletOutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Integer> writes = new ArrayList<>();
    private boolean direct = true;

    @Override
    public void write(ByteBuffer buffer) throws IOException {
      direct &= buffer.isDirect();
      writes.add(buffer.remaining());
      byte[] copy = new byte[buffer.remaining()];
      buffer.get(copy);
      bytes.write(copy);
    }

    @Override
    public void write(int b) {
      throw new AssertionError("byte by byte");
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new AssertionError("nobody waits");
    }
  }

  @ParameterizedTest(name = "{0} bytes")
  @ValueSource(ints = {0, 1, 1000, DirectOutput.SIZE - 10, DirectOutput.SIZE, 525_000})
  void givenAPieceOfAFile_whenSentBetweenLines_thenAllArriveInFullBuffers(int length)
      throws IOException {
    byte[] content = new byte[length + 100];
    new Random(length).nextBytes(content);
    try (FileChannel file = file(content);
        DirectOutput out = new DirectOutput(received)) {
      out.write("head".getBytes());
      out.write(file, 50, length);
      out.write('t');
      out.finish();
    }

    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.write("head".getBytes());
    expected.write(content, 50, length);
    expected.write('t');
    assertThat(received.bytes.toByteArray()).isEqualTo(expected.toByteArray());
    assertThat(received.direct).isTrue();
    assertThat(received.writes.subList(0, received.writes.size() - 1))
        .allMatch(size -> size == DirectOutput.SIZE);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"HTTP/1.1, true", "HTTP/1.0, true", "HTTP/2.0, false"})
  void givenAProtocol_whenPrepared_thenOnlyAConnectionOfItsOwnGetsALargeBuffer(
      String protocol, boolean large) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setProtocol(protocol);
    MockHttpServletResponse response = new MockHttpServletResponse();
    int before = response.getBufferSize();

    DirectOutput.prepare(request, response);

    assertThat(response.getBufferSize()).isEqualTo(large ? DirectOutput.SIZE : before);
  }

  @Test
  void givenAFileThatEndsEarly_whenSent_thenItFails() throws IOException {
    try (FileChannel file = file(new byte[100]);
        DirectOutput out = new DirectOutput(received)) {
      assertThatThrownBy(() -> out.write(file, 50, 51)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void givenVeryManyAtOnce_whenSent_thenTheDirectBuffersAreBoundedAndAllIsSentAllTheSame()
      throws IOException {
    byte[] content = new byte[40_000];
    Arrays.fill(content, (byte) 3);
    List<DirectOutput> open = new ArrayList<>();
    try (FileChannel file = file(content)) {
      for (int i = 0; i < 100; i++) {
        open.add(new DirectOutput(received));
      }
      for (DirectOutput out : open) {
        out.write(file, 0, content.length);
        out.finish();
      }
    } finally {
      open.forEach(DirectOutput::close);
    }

    assertThat(received.bytes.toByteArray()).hasSize(100 * content.length).containsOnly(3);
    assertThat(received.direct).as("some were in the heap").isFalse();
  }

  private FileChannel file(byte[] content) throws IOException {
    return FileChannel.open(Files.write(folder.resolve("file"), content));
  }
}
