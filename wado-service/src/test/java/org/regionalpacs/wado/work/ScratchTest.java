package org.regionalpacs.wado.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.wado.web.UnavailableException;

class ScratchTest {
  @TempDir Path folder;
  private Scratch scratch;

  @BeforeEach
  void open() throws IOException {
    scratch = new Scratch(folder.resolve("new/one"), 100);
  }

  private static byte[] content(Made made) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    made.copyTo(bytes);
    return bytes.toByteArray();
  }

  @Test
  void givenFewBytes_thenTheyStayInTheHeap() throws IOException {
    try (ScratchOutput out = scratch.output(8)) {
      out.write(new byte[] {1, 2, 3, 4, 5, 6, 7});
      out.write(8);

      assertThat(out.made().bytes()).hasValue(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
      assertThat(scratch.used()).isZero();
    }
  }

  @Test
  void givenMoreBytes_thenTheyAreInAFileWithoutANameUntilItIsClosed() throws IOException {
    ScratchOutput out = scratch.output(4);
    for (int i = 0; i < 50; i++) {
      out.write(i);
    }
    Made made = out.made();

    assertThat(made.bytes()).isEmpty();
    assertThat(made.length()).isEqualTo(50);
    assertThat(content(made)).hasSize(50).startsWith(0, 1, 2, 3, 4, 5).endsWith(48, 49);
    assertThat(content(made)).hasSize(50);
    assertThat(scratch.used()).isEqualTo(50);
    assertThat(scratch.folder()).isEmptyDirectory();
    made.close();
    made.close();
    assertThat(scratch.used()).isZero();
  }

  @Test
  void givenNoRoomIsLeft_thenItIsRefusedAndGivenBack() throws IOException {
    ScratchOutput first = scratch.output(0);
    first.write(new byte[90]);
    ScratchOutput second = scratch.output(0);
    assertThatThrownBy(() -> second.write(new byte[11])).isInstanceOf(UnavailableException.class);
    second.close();
    assertThat(scratch.used()).isEqualTo(90);
    first.close();

    try (ScratchOutput again = scratch.output(0)) {
      again.write(new byte[100]);
    }
    assertThat(scratch.used()).isZero();
  }

  @Test
  void givenAnObjectThatIsBeingMade_thenItCountsToo() throws IOException {
    assertThat(scratch.most()).isEqualTo(50);
    scratch.take(95);
    try (ScratchOutput out = scratch.output(0)) {
      assertThatThrownBy(() -> out.write(new byte[6])).isInstanceOf(UnavailableException.class);
    }
    assertThatThrownBy(() -> scratch.take(6)).isInstanceOf(UnavailableException.class);
    scratch.give(95);
    assertThat(scratch.used()).isZero();
  }

  @Test
  void givenItIsClosed_thenWhoStillWritesFails() throws IOException {
    ScratchOutput out = scratch.output(4);
    out.write(new byte[10]);
    out.close();

    assertThatThrownBy(() -> out.write(1)).isInstanceOf(ClosedChannelException.class);
    assertThat(scratch.used()).isZero();
  }
}
