package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Memory of the process with the product's services. */
final class ServiceMemory {
  private static final double MEGA = 1e6;
  private static final int LOOK_MILLIS = 250;

  private final Product product;
  private double heap;
  private double resident;

  ServiceMemory(Product product) {
    this.product = product;
  }

  /** Looks again and again until it is told to stop; keeps the most. */
  Thread watch() {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            while (!Thread.interrupted()) {
              look();
              Pause.millis(LOOK_MILLIS);
            }
          } catch (IOException e) {
            // Told to stop, or there is nothing to be told any more.
          }
        });
  }

  /** Looks once. */
  synchronized void look() throws IOException {
    resident = Math.max(resident, resident(product.pid()));
    try (Web web = Web.to(product.health())) {
      byte[] metrics = web.body(HttpCall.of("/actuator/prometheus", "*/*"));
      heap = Math.max(heap, heap(new String(metrics, StandardCharsets.UTF_8)));
    }
  }

  /** The most that was seen. */
  String shown() {
    return "heap at most %.0f MB used, %.0f MB resident".formatted(heap / MEGA, resident / MEGA);
  }

  /** Bytes in the heap, of what Prometheus reads. */
  static double heap(String metrics) {
    return metrics
        .lines()
        .filter(line -> line.startsWith("jvm_memory_used_bytes{") && line.contains("\"heap\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static double resident(long pid) {
    return ProcessStat.read(pid, "status")
        .orElse("")
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> 1024 * Double.parseDouble(line.split("\\s+")[1]))
        .sum();
  }
}
