package org.regionalpacs.standalone;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.regionalpacs.embedded.EmbeddedServer;
import org.regionalpacs.embedded.JavaServer;
import org.regionalpacs.embedded.JavaSettings;

/** The four services, each in a JVM of its own, which ends with this one. */
final class ServicesApart implements Services {
  /** Longer than the services take to finish what is under way (spring.lifecycle, 30 s). */
  private static final Duration GRACE = Duration.ofSeconds(35);

  private final ServiceSettings settings;
  private final Console console;
  private final List<EmbeddedServer> running = new ArrayList<>();
  private boolean closed;

  ServicesApart(ServiceSettings settings, Console console) {
    this.settings = settings;
    this.console = console;
  }

  @Override
  public void start() throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> starting = new ArrayList<>();
      for (Service service : Service.values()) {
        starting.add(threads.submit(() -> start(service)));
      }
      for (Future<?> service : starting) {
        service.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Complaint complaint
          ? complaint
          : new IllegalStateException(e.getCause());
    }
  }

  private void start(Service service) {
    try {
      keep(JavaServer.start(settings(service)));
    } catch (IOException e) {
      throw new Complaint(
          "%s could not be started: %s%nThe whole story is in %s"
              .formatted(service.id(), e.getMessage(), settings.folder().log(service.id())),
          e);
    }
    console.step(service.id(), settings.address(service));
  }

  private JavaSettings settings(Service service) {
    List<String> arguments = new ArrayList<>(List.of(service.id()));
    settings.defaults().forEach((key, value) -> arguments.add(key + "=" + value));
    arguments.addAll(settings.of(service));
    return new JavaSettings(
        service.id(),
        settings.folder().service(service),
        settings.folder().log(service.id() + "-console"),
        Ports.LOOPBACK,
        settings.ports().healthOf(service),
        options(service),
        ServiceMain.class.getName(),
        arguments,
        GRACE);
  }

  /**
   * This JVM's own options but for those of its memory, and of its part in the cache of classes.
   */
  private List<String> options(Service service) {
    List<String> options = new ArrayList<>();
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      boolean own = option.startsWith("-Xm") || option.startsWith("-Dpacs.classes");
      if (!own) {
        options.add(option);
      }
    }
    options.addAll(List.of("-Xms32m", "-Xmx" + service.heap(), "-XX:+ExitOnOutOfMemoryError"));
    options.add("-Dpacs.log=" + settings.folder().log(service.id()));
    return options;
  }

  private void keep(EmbeddedServer service) {
    synchronized (running) {
      if (!closed) {
        running.add(service);
        return;
      }
    }
    service.close();
  }

  @Override
  public List<EmbeddedServer> processes() {
    synchronized (running) {
      return List.copyOf(running);
    }
  }

  @Override
  public void close() {
    synchronized (running) {
      closed = true;
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      processes().forEach(service -> threads.submit(service::close));
    }
  }
}
