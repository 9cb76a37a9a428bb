package org.regionalpacs.consumer.rebuild;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.consumer.rebuild.IndexRebuild.Missing;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One rebuild by consumer-service's own indexer, with its settings but for those that would have it
 * consume.
 *
 * @param arguments settings beside those of the application
 * @param missing what to do when the index knows objects that are found nowhere
 */
public record RebuildRun(List<String> arguments, Missing missing) {
  private static final List<String> NOTHING_ELSE =
      List.of(
          "--spring.main.web-application-type=none",
          "--pacs.indexer.enabled=false",
          "--pacs.archiver.enabled=false",
          "--pacs.converter.enabled=false",
          "--pacs.loader.enabled=false",
          // That of a converter which runs is emptied by nobody else.
          "--pacs.converter.scratch=" + scratch(),
          // Of a database that was lost nobody knows which blocks are in use.
          "--pacs.blocks.abandoned-after=3650d",
          // Dropping and counting a large index takes its time.
          "--spring.datasource.hikari.data-source-properties.socketTimeout=0");

  /** Looked at before anything is changed. */
  interface Check {
    void look(ConfigurableApplicationContext context) throws RebuildException;
  }

  private static Path scratch() {
    return Path.of(
        System.getProperty("java.io.tmpdir"), "pacs-rebuild-" + ProcessHandle.current().pid());
  }

  /** Rebuilds. */
  public RebuildReport run(SpringApplication application, RebuildObserver observer)
      throws RebuildException {
    return run(application, observer, _ -> {});
  }

  RebuildReport run(SpringApplication application, RebuildObserver observer, Check check)
      throws RebuildException {
    application.setBannerMode(Banner.Mode.OFF);
    List<String> all = new ArrayList<>(arguments);
    all.addAll(NOTHING_ELSE);
    try (ConfigurableApplicationContext context = application.run(all.toArray(String[]::new))) {
      return context.getBean(IndexRebuild.class).run(observer, missing, () -> check.look(context));
    }
  }
}
