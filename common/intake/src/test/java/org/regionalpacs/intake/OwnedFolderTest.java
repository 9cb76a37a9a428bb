package org.regionalpacs.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class OwnedFolderTest {
  @TempDir Path shared;

  @Test
  void givenTheGuardIsHeldByAThreadThatHangs_whenWaitedForTooLong_thenItFailsAndIsFreeLater()
      throws Exception {
    CompletableFuture<Void> hang = new CompletableFuture<>();
    CompletableFuture<Void> held = new CompletableFuture<>();
    Thread holder =
        Thread.ofVirtual()
            .start(() -> {
              try (OwnedFolder.Guard _ = OwnedFolder.Guard.of(shared)) {
                held.complete(null);
                hang.join();
              } catch (IOException e) {
                held.completeExceptionally(e);
              }
            });
    held.get(30, TimeUnit.SECONDS);

    assertThatThrownBy(() -> OwnedFolder.Guard.of(shared, Duration.ofMillis(50)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("held by others");

    hang.complete(null);
    holder.join();
    OwnedFolder.Guard.of(shared, Duration.ofSeconds(10)).close();
  }

  @Test
  void givenAFolderThatCannotBeLocked_whenAsked_thenTheNextIsNotKeptWaiting() throws Exception {
    Path gone = shared.resolve("gone");

    assertThatThrownBy(() -> OwnedFolder.Guard.of(gone)).isInstanceOf(IOException.class);

    OwnedFolder.Guard.of(shared, Duration.ofSeconds(10)).close();
    assertThat(Files.exists(shared)).isTrue();
  }
}
