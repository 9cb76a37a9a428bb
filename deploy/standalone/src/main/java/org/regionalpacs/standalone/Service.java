package org.regionalpacs.standalone;

/** The four services. The first to start owns nothing that the others need. */
enum Service {
  WADO("wado", "org.regionalpacs.wado.WadoApplication"),
  STORESCP("storescp", "org.regionalpacs.storescp.StoreScpApplication"),
  CONSUMER("consumer", "org.regionalpacs.consumer.ConsumerApplication"),
  WEBWORKER("webworker", "org.regionalpacs.webworker.WebWorkerApplication");

  private final String id;
  private final String application;

  Service(String id, String application) {
    this.id = id;
    this.application = application;
  }

  /** Its name, which is also that of its settings file. */
  String id() {
    return id;
  }

  Class<?> application() {
    try {
      return Class.forName(application);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(application + " isn't on the class path", e);
    }
  }
}
