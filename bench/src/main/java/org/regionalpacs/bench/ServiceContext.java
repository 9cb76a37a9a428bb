package org.regionalpacs.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.test.Database;
import org.regionalpacs.test.RealServices;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts services of the product in this JVM, on ports of their own. */
final class ServiceContext {
  private ServiceContext() {}

  /**
   * Starts one.
   *
   * @param names of its settings
   * @param folder has its stores
   */
  static ConfigurableApplicationContext start(
      Class<?> application, String names, Database database, Path folder, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--spring.main.banner-mode=off",
                "--logging.level.root=warn",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.kafka.bootstrap-servers=" + RealServices.kafkaBootstrap(),
                "--pacs.cache.enabled=false",
                "--pacs.online.root=" + folder.resolve("online"),
                "--pacs.archive.root=" + folder.resolve("archive"),
                "--pacs.derived.root=" + folder.resolve("derived"),
                "--pacs.catalogue.root=" + folder.resolve("catalogue"),
                "--pacs.transcode.scratch=" + folder.resolve("transcode"),
                "--pacs.converter.scratch=" + folder.resolve("convert")));
    arguments.addAll(List.of(more));
    return new SpringApplicationBuilder(application)
        .properties("spring.config.name=" + names)
        .run(arguments.toArray(String[]::new));
  }
}
