package org.regionalpacs.standalone;

import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.consumer.rebuild.IndexRebuild;
import org.regionalpacs.consumer.rebuild.IndexRebuild.Missing;
import org.regionalpacs.consumer.rebuild.RebuildException;
import org.regionalpacs.consumer.rebuild.RebuildObserver;
import org.regionalpacs.consumer.rebuild.RebuildReport;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One rebuild by consumer-service's own indexer, with its settings but for those that would have it
 * consume.
 *
 * @param settings of the product whose engines run
 * @param missing what to do when the index knows objects that are found nowhere
 */
record RebuildRun(ServiceSettings settings, Missing missing) {
  private static final List<String> NOTHING_ELSE =
      List.of(
          "--spring.main.web-application-type=none",
          "--pacs.indexer.enabled=false",
          "--pacs.archiver.enabled=false",
          "--pacs.converter.enabled=false",
          "--pacs.loader.enabled=false",
          // Of a database that was lost nobody knows which blocks are in use.
          "--pacs.blocks.abandoned-after=3650d",
          // Dropping and counting a large index takes its time.
          "--spring.datasource.hikari.data-source-properties.socketTimeout=0");

  /**
   * Rebuilds.
   *
   * @throws Complaint when it can't be done
   */
  RebuildReport run(RebuildObserver observer) {
    SpringApplication application = new SpringApplication(Service.CONSUMER.application());
    application.setBannerMode(Banner.Mode.OFF);
    application.setDefaultProperties(settings.defaults());
    List<String> arguments = new ArrayList<>(settings.of(Service.CONSUMER));
    arguments.addAll(NOTHING_ELSE);
    try (ConfigurableApplicationContext context =
        application.run(arguments.toArray(String[]::new))) {
      return context.getBean(IndexRebuild.class).run(observer, missing);
    } catch (RebuildException e) {
      throw new Complaint(e.getMessage(), e);
    }
  }
}
