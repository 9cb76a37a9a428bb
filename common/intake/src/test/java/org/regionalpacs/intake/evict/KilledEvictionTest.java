package org.regionalpacs.intake.evict;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regionalpacs.index.NodeObject;
import org.regionalpacs.intake.TestObject;
import org.regionalpacs.messages.StorageMessage;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code kill -9} at each step of an eviction and of the way back: nothing is lost or left. */
class KilledEvictionTest extends EvictingNode {
  private static final int OBJECTS = 3;

  @Autowired DataSource index;
  @TempDir Path scratch;

  private final List<StorageMessage> messages = new ArrayList<>();
  private final Map<StorageMessage, byte[]> files = new HashMap<>();

  @BeforeEach
  void store() throws Exception {
    for (int i = 0; i < OBJECTS; i++) {
      StorageMessage message = archived(TestObject.create(object.study()));
      messages.add(message);
      files.put(message, Files.readAllBytes(file(message)));
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {
        "READING_THE_COPY",
        "NAMES_TAKEN",
        "MARKED_AND_NOT_COMMITTED",
        "COMMITTED",
        "FILES_REMOVED"
      })
  void givenAnEvictionIsKilled_whenAnotherGoesOn_thenAllIsReadTheSameAndTheFilesGo(KillStep step)
      throws Exception {
    killAndGoOn(step);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"FETCHING", "NAME_GIVEN", "BACK_AND_COMMITTED", "ALL_BACK"})
  void givenAWayBackIsKilled_whenAnotherGoesOn_thenAllIsReadTheSameAndTheFilesAreBack(KillStep step)
      throws Exception {
    assertThat(evict().objects()).isEqualTo(OBJECTS);
    killAndGoOn(step);
  }

  private void killAndGoOn(KillStep step) throws Exception {
    HikariDataSource source = index.unwrap(HikariDataSource.class);
    int code =
        KilledEviction.run(
            step,
            online.root(),
            new KilledEviction.Database(
                source.getJdbcUrl(), source.getUsername(), source.getPassword()),
            CLUSTER.trackers(),
            scratch.resolve("child"),
            object.study());

    assertThat(code)
        .as(() -> "ended otherwise: " + scratch.resolve("killed.log"))
        .isEqualTo(KilledEviction.KILLED);
    assertThatAllIsRead();
    if (step.bringsBack()) {
      bringBack();
    } else {
      evict();
    }
    assertThatAllIsRead();
    // What was half written is removed by the next start of a process, or by reconciling.
    assertThat(leftovers()).allMatch(name -> name.endsWith(".part"));
    for (StorageMessage message : messages) {
      assertThat(state(message))
          .isEqualTo(step.bringsBack() ? NodeObject.AVAILABLE : NodeObject.EVICTED);
      assertThat(Files.exists(file(message))).isEqualTo(step.bringsBack());
    }
    assertThat(evictedObjects()).isEqualTo(step.bringsBack() ? 0 : OBJECTS);
    reconcile();
    assertThat(findings()).isEmpty();
    assertThat(leftovers()).isEmpty();
  }

  private void assertThatAllIsRead() throws Exception {
    for (StorageMessage message : messages) {
      assertThat(read(message)).isEqualTo(files.get(message));
    }
  }

  private int evictedObjects() {
    return jdbc.sql("select evicted_objects from online_study where study_uid = ?")
        .param(object.study())
        .query(Integer.class)
        .single();
  }
}
