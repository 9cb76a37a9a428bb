package org.regionalpacs.storage.fastdfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.test.fastdfs.Fault;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class FastDfsHealthIndicatorTest {
  private static final int ACTIVE_TEST = 111;

  @TempDir Path folder;
  private Cluster cluster;

  @BeforeEach
  void start() throws IOException {
    cluster = new Cluster(Duration.ofSeconds(1), folder, 2, 1);
  }

  @AfterEach
  void stop() throws IOException {
    cluster.close();
  }

  private Health health() {
    return new FastDfsHealthIndicator(cluster.settings).health();
  }

  @Test
  void givenARunningCluster_whenAsked_thenUpWithAllItsServers() {
    Health health = health();

    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getDetails().toString())
        .contains(cluster.servers.trackers().split(","))
        .contains("127.0.0.10:" + cluster.servers.storage(0).port() + "=up");
  }

  @Test
  void givenOneOfTwoTrackers_whenAsked_thenUpAndTheOtherIsNamed() throws IOException {
    String dead = cluster.servers.tracker(0).hostAndPort();
    cluster.servers.tracker(0).kill();

    assertThat(health().getStatus()).isEqualTo(Status.UP);
    assertThat(health().getDetails().toString()).contains(dead + "=").doesNotContain(dead + "=up");
  }

  @Test
  void givenNoTracker_whenAsked_thenDown() throws IOException {
    cluster.servers.tracker(0).kill();
    cluster.servers.tracker(1).kill();
    assertThat(health().getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void givenNoStorage_whenAsked_thenDown() throws IOException {
    cluster.servers.storage(0).kill();
    assertThat(health().getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void givenAStorageThatHangs_whenAsked_thenDownInTime() {
    cluster.servers.storage(0).faults().always(ACTIVE_TEST, new Fault.Hang());
    assertThat(health().getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void givenFullStorages_whenAsked_thenDownAndTheReasonIsSaid() {
    cluster.servers.storage(0).full(true);
    assertThat(health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health().getDetails().toString()).contains("no space");
  }
}
