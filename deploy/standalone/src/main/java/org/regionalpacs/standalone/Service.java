package org.regionalpacs.standalone;

import java.util.Arrays;
import org.regionalpacs.consumer.ConsumerApplication;
import org.regionalpacs.storescp.StoreScpApplication;
import org.regionalpacs.wado.WadoApplication;
import org.regionalpacs.webworker.WebWorkerApplication;

/** The four services, in the order of their health ports. */
enum Service {
  WADO("wado", WadoApplication.class),
  STORESCP("storescp", StoreScpApplication.class),
  CONSUMER("consumer", ConsumerApplication.class),
  WEBWORKER("webworker", WebWorkerApplication.class);

  private final String id;
  private final Class<?> application;

  Service(String id, Class<?> application) {
    this.id = id;
    this.application = application;
  }

  /** Its name, which is also that of its settings file. */
  String id() {
    return id;
  }

  Class<?> application() {
    return application;
  }

  /** Its heap where it has a JVM of its own; by environment {@code PACS_HEAP_WADO} and so on. */
  String heap() {
    return System.getenv().getOrDefault("PACS_HEAP_" + name(), "256m");
  }

  static Service of(String id) {
    return Arrays.stream(values())
        .filter(service -> service.id.equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no service " + id));
  }
}
