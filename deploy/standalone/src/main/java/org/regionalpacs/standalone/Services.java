package org.regionalpacs.standalone;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.regionalpacs.embedded.PostgresServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The four services as sibling Spring contexts of this JVM, each with its own settings file. */
final class Services implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Services.class);

  private final DataFolder folder;
  private final Ports ports;
  private final Console console;
  private final Engines engines;
  private final Deque<ConfigurableApplicationContext> running = new ArrayDeque<>();
  private boolean closed;

  Services(DataFolder folder, Ports ports, Console console, Engines engines) {
    this.folder = folder;
    this.ports = ports;
    this.console = console;
    this.engines = engines;
  }

  void start() throws InterruptedException {
    // The first makes the schema; when it is there the others needn't wait for each other.
    start(Service.CONSUMER);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<?>> starting = new ArrayList<>();
      for (Service service : List.of(Service.WADO, Service.STORESCP, Service.WEBWORKER)) {
        starting.add(threads.submit(() -> start(service)));
      }
      for (Future<?> service : starting) {
        try {
          service.get();
        } catch (ExecutionException e) {
          throw e.getCause() instanceof RuntimeException cause
              ? cause
              : new IllegalStateException(e.getCause());
        }
      }
    }
  }

  private void start(Service service) {
    SpringApplication application = new SpringApplication(service.application());
    application.setBannerMode(Banner.Mode.OFF);
    // Only users of this machine reach it then. The environment and pacs.yml may say otherwise.
    application.setDefaultProperties(Map.of("PACS_DELETE_ENABLED", ports.onlyLoopback()));
    // The launcher stops everything, in its order.
    application.setRegisterShutdownHook(false);
    application.addInitializers(context ->
        context
            .getBeanFactory()
            .registerSingleton("enginesHealthIndicator", new EngineHealth(engines)));
    try {
      keep(application.run(arguments(service)));
    } catch (RuntimeException e) {
      LOG.error("{} could not be started", service.id(), e);
      throw new Complaint(
          "%s could not be started: %s%nThe whole story is in %s"
              .formatted(service.id(), rootCause(e), folder.log("pacs")),
          e);
    }
    console.step(service.id(), address(service));
  }

  private String address(Service service) {
    return switch (service) {
      case WADO -> "http://%s:%d".formatted(ports.bind, ports.http);
      case STORESCP -> "%s:%d".formatted(ports.bind, ports.dicom);
      case CONSUMER, WEBWORKER -> "";
    };
  }

  private String[] arguments(Service service) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--spring.config.name=application," + service.id());
    arguments.add("--spring.config.additional-location=optional:file:" + folder.settings());
    arguments.add("--spring.application.name=" + service.id());
    arguments.add("--spring.jmx.enabled=false");
    // The service without a data source of its own looks there for the tasks of its node.
    for (String prefix : List.of("spring.datasource", "pacs.node-tasks.database")) {
      arguments.add(
          "--%s.url=jdbc:postgresql://%s:%d/%s"
              .formatted(prefix, Ports.LOOPBACK, ports.postgresql, Engines.DATABASE));
      arguments.add("--%s.username=%s".formatted(prefix, PostgresServer.USER));
      arguments.add(
          "--%s.password=%s".formatted(prefix, PostgresServer.password(folder.postgresql())));
    }
    arguments.add("--spring.datasource.hikari.minimum-idle=1");
    arguments.add("--spring.kafka.bootstrap-servers=" + Ports.LOOPBACK + ":" + ports.kafka);
    arguments.add("--spring.data.redis.host=" + Ports.LOOPBACK);
    arguments.add("--spring.data.redis.port=" + ports.redis);
    arguments.add("--pacs.online.root=" + folder.online());
    arguments.add("--pacs.archive.root=" + folder.archive());
    arguments.add("--pacs.derived.root=" + folder.derived());
    arguments.add("--pacs.dimse.bind=" + ports.bind);
    arguments.add("--pacs.dimse.port=" + ports.dicom);
    arguments.add(
        "--pacs.dicomweb.base-url=http://%s:%d/dicom-web".formatted(ports.reachable(), ports.http));
    if (service == Service.WADO) {
      arguments.add("--server.address=" + ports.bind);
      arguments.add("--server.port=" + ports.http);
      arguments.add("--management.server.address=" + Ports.LOOPBACK);
      arguments.add("--management.server.port=" + ports.healthOf(service));
    } else {
      // These serve nothing but health and metrics over HTTP.
      arguments.add("--server.address=" + Ports.LOOPBACK);
      arguments.add("--server.port=" + ports.healthOf(service));
    }
    return arguments.toArray(String[]::new);
  }

  private void keep(ConfigurableApplicationContext context) {
    synchronized (running) {
      if (!closed) {
        running.push(context);
        return;
      }
    }
    context.close();
  }

  private static String rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString();
  }

  @Override
  public void close() {
    List<ConfigurableApplicationContext> contexts;
    synchronized (running) {
      closed = true;
      contexts = List.copyOf(running);
      running.clear();
    }
    for (ConfigurableApplicationContext context : contexts) {
      try {
        context.close();
      } catch (RuntimeException e) {
        LOG.warn("A service didn't stop cleanly", e);
      }
    }
  }
}
