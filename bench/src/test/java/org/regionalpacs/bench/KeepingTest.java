package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What our receiver does while it is measured is the whole work. */
class KeepingTest {
  @TempDir Path work;

  @ParameterizedTest
  @EnumSource(Keeping.Care.class)
  void givenAnImage_whenSent_thenTheReceiverHasAllOfIt(Keeping.Care care) throws Exception {
    new CtSeries(1).write(work.resolve("ct"), 1);
    CtFile sent = CtFile.scan(work.resolve("ct/im0001.dcm"));
    try (Receiver receiver = Receiver.ofPacs("it", work, care, List.of())) {
      new PacsSender().send(receiver.remote(), List.of(List.of(sent)));
      CtFile kept = CtFile.scan(onlyFile());
      assertThat(kept.sopInstance()).isEqualTo(sent.sopInstance());
      assertThat(dataSet(kept)).isEqualTo(dataSet(sent));
      assertThat(receiver.clear(1)).isGreaterThan(525_000);
      assertThatThrownBy(() -> receiver.clear(1)).hasMessage("it has 0 files, 1 were sent");
    }
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.walk(work)) {
      List<Path> found =
          files.filter(file -> file.getFileName().toString().startsWith("CT.")).toList();
      assertThat(found).hasSize(1);
      return found.getFirst();
    }
  }

  private static byte[] dataSet(CtFile file) throws IOException {
    try (InputStream in = file.open()) {
      return in.readAllBytes();
    }
  }
}
