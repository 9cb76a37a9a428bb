package org.regionalpacs.standalone;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.regionalpacs.embedded.EmbeddedServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The four services as sibling Spring contexts of this JVM, each with its own settings file. */
final class ServicesInThisJvm implements Services {
  private static final Logger LOG = LoggerFactory.getLogger(Services.class);

  /** So that the last ones end together. */
  private static final List<Service> LONGEST_FIRST =
      List.of(Service.WADO, Service.CONSUMER, Service.WEBWORKER, Service.STORESCP);

  private final ServiceSettings settings;
  private final Console console;
  private final Engines engines;
  private final Deque<ConfigurableApplicationContext> running = new ArrayDeque<>();
  private boolean closed;

  ServicesInThisJvm(ServiceSettings settings, Console console, Engines engines) {
    this.settings = settings;
    this.console = console;
    this.engines = engines;
  }

  @Override
  public void start() throws InterruptedException {
    // None waits for another: whoever comes first to the database makes the schema, under a lock.
    try (ExecutorService threads = Executors.newFixedThreadPool(atOnce())) {
      List<Future<?>> starting = new ArrayList<>();
      for (Service service : LONGEST_FIRST) {
        starting.add(threads.submit(() -> start(service)));
      }
      for (Future<?> service : starting) {
        try {
          service.get();
        } catch (ExecutionException e) {
          // Those that haven't begun needn't.
          starting.forEach(other -> other.cancel(false));
          throw e.getCause() instanceof RuntimeException cause
              ? cause
              : new IllegalStateException(e.getCause());
        }
      }
    }
  }

  /** As many as there are processors for: a start waits for little else. */
  private static int atOnce() {
    return Math.clamp(Runtime.getRuntime().availableProcessors(), 2, LONGEST_FIRST.size());
  }

  private void start(Service service) {
    SpringApplication application = new SpringApplication(service.application());
    application.setBannerMode(Banner.Mode.OFF);
    application.setDefaultProperties(settings.defaults());
    // The launcher stops everything, in its order.
    application.setRegisterShutdownHook(false);
    application.addInitializers(context ->
        context
            .getBeanFactory()
            .registerSingleton("enginesHealthIndicator", new EngineHealth(engines)));
    try {
      keep(application.run(settings.of(service).toArray(String[]::new)));
    } catch (RuntimeException e) {
      LOG.error("{} could not be started", service.id(), e);
      throw new Complaint(
          "%s could not be started: %s%nThe whole story is in %s"
              .formatted(service.id(), rootCause(e), settings.folder().log("pacs")),
          e);
    }
    console.step(service.id(), settings.address(service));
  }

  @Override
  public List<EmbeddedServer> processes() {
    return List.of();
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
