package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.regionalpacs.standalone.WarehouseRows.Count;
import tools.jackson.databind.JsonNode;

/**
 * Studies are sent and read while the process with the loader is killed twice, with a batch in its
 * hands each time. Whatever was sent and asked for is in the warehouse once.
 */
final class KilledLoader {
  private static final Duration SOON = Duration.ofMinutes(3);
  private static final int IMAGES = 10;

  private final SeparateProduct product;
  private final Sending sending;
  private final Path folder;
  private int loadedWhenKilled;

  /**
   * @param folder for what is sent
   */
  KilledLoader(SeparateProduct product, Path folder) {
    this.product = product;
    this.sending = new Sending(product);
    this.folder = folder;
  }

  void check() throws Exception {
    String implicit = sending.implicitObject();
    await().atMost(SOON).until(() -> sending.object(implicit) == 200);
    sending.study(folder.resolve("1"), IMAGES);
    sending.read();
    killInTheMiddle();
    sending.study(folder.resolve("3"), IMAGES);
    sending.read();
    killInTheMiddle();
    sending.read();

    WarehouseRows expected =
        new WarehouseRows(
            Count.once(sending.instances()),
            Count.once(sending.series()),
            sending.requests(),
            sending.requests().values().stream().mapToInt(Integer::intValue).sum(),
            Count.once(1));
    await().atMost(SOON).untilAsserted(() -> assertThat(rows()).isEqualTo(expected));
    await().atMost(SOON).until(this::loaderIsThrough);
    assertThat(rows()).isEqualTo(expected);
    statisticsShowIt();
  }

  /** When it has loaded something, and more is on its way. */
  private void killInTheMiddle() throws Exception {
    // The first load makes the tables.
    await().atMost(SOON).ignoreExceptions().until(() -> rows().images().rows() > loadedWhenKilled);
    for (int attempt = 1; !killedBeforeTheEnd(); attempt++) {
      assertThat(attempt).as("the loader is always faster").isLessThan(5);
    }
  }

  /** Whether it wasn't through with what is sent first, as it may be on a busy machine. */
  private boolean killedBeforeTheEnd() throws Exception {
    sending.study(folder.resolve("killed" + System.nanoTime()), IMAGES);
    sending.read();
    long killed = product.pid("consumer").orElseThrow();
    ProcessHandle.of(killed).orElseThrow().destroyForcibly();
    loadedWhenKilled = rows().images().rows();
    await().atMost(SOON).until(() -> product.pid("consumer").orElse(killed) != killed);
    return loadedWhenKilled < sending.instances();
  }

  private WarehouseRows rows() throws Exception {
    return WarehouseRows.of(product, sending.studies());
  }

  private boolean loaderIsThrough() throws Exception {
    Map<String, Long> lag = product.lag();
    return lag.keySet().stream().anyMatch(each -> each.startsWith("loader "))
        && lag.values().stream().allMatch(each -> each == 0);
  }

  private void statisticsShowIt() throws Exception {
    DicomWeb web = new DicomWeb(product.httpPort());
    JsonNode received = web.statistics("summary").at("/last30Days");
    assertThat(received.get("Studies").asInt()).isEqualTo(sending.studies().size());
    assertThat(received.get("Series").asInt()).isEqualTo(sending.series());
    assertThat(received.get("Instances").asInt()).isEqualTo(sending.instances());
    assertThat(web.statistics("accesses?by=operation").at("/accesses").valueStream())
        .anySatisfy(operation -> {
          assertThat(operation.get("Operation").asString()).isEqualTo("C-STORE");
          assertThat(operation.get("Requests").asInt()).isEqualTo(sending.instances());
        });
    assertThat(web.statistics("conversions").at("/conversions")).hasSize(1);
  }
}
