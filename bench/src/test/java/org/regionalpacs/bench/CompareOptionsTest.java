package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompareOptionsTest {
  private final CompareOptions options = new CompareOptions();

  @Test
  void givenNoPeerIsNamed_whenChosen_thenEachThatCanDoItTakesPartOrIsSaidToBeLeftOut()
      throws IOException {
    CompareOptions.Field field = options.field(List.of(Peer.ORTHANC, Peer.NGINX));
    assertThat(field.peers().size() + field.leftOut().size()).isEqualTo(2);
    assertThat(field.leftOut()).allMatch(line -> line.contains("isn't installed (Debian's "));
  }

  @Test
  void givenAPeerThatCannotDoIt_whenChosen_thenItFailsAndSaysWhoCan() {
    options.peers.add(Peer.NGINX);
    assertThatThrownBy(() -> options.field(List.of(Peer.ORTHANC)))
        .isInstanceOf(IOException.class)
        .hasMessage("nginx doesn't do that; these do: [ORTHANC]");
  }

  @Test
  void givenNoFile_whenResultsGoSomewhere_thenItIsTheFolderOfRecordedOnes() {
    assertThat(options.out).isEmpty();
    options.out = java.util.Optional.of(Path.of("here.md"));
    assertThat(options.results("ingest")).contains(Path.of("here.md"));
  }
}
