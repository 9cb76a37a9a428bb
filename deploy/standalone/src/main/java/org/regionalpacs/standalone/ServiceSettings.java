package org.regionalpacs.standalone;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.embedded.PostgresServer;

/**
 * What the launcher tells a service.
 *
 * @param archive where archived images go, where the user said it
 */
record ServiceSettings(DataFolder folder, Ports ports, Optional<ArchiveChoice> archive) {

  /** Settings that the environment and pacs.yml may change. */
  Map<String, Object> defaults() {
    // Deleting: only users of this machine reach it then.
    return Map.of(
        "PACS_DELETE_ENABLED",
        String.valueOf(ports.onlyLoopback()),
        // All processes have the clock of this machine.
        "PACS_DELETE_CLOCK_TOLERANCE",
        "0s",
        // The one broker is on the disk of the outbox: it makes no message safer.
        "PACS_INTAKE_OUTBOX_FIRST",
        "${pacs.intake.outbox:true}");
  }

  /**
   * Arguments for Spring, which win over every file and the environment; among them the database's
   * password.
   */
  List<String> of(Service service) {
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
    // On loopback: the launcher and ./pacs status look what is down.
    arguments.add("--management.endpoint.health.show-details=always");
    arguments.add("--pacs.fastdfs.spool=" + folder.fastDfsSpool());
    arguments.add("--pacs.transcode.scratch=" + folder.transcode());
    arguments.add("--pacs.catalogue.root=" + folder.catalogue());
    arguments.add("--pacs.fastdfs.orphans=" + folder.fastDfsOrphans());
    arguments.add("--pacs.blocks.journals=" + folder.blocks());
    arguments.add("--pacs.converter.scratch=" + folder.convertScratch());
    archive.ifPresent(choice -> arguments.addAll(choice.arguments()));
    arguments.add("--pacs.dimse.bind=" + ports.bind);
    arguments.add("--pacs.dimse.port=" + ports.dicom);
    arguments.add(
        "--pacs.dicomweb.base-url=http://%s:%d/dicom-web".formatted(ports.reachable(), ports.http));
    if (service == Service.WADO) {
      arguments.add("--server.address=" + ports.bind);
      arguments.add("--server.port=" + ports.http);
      arguments.add("--management.server.address=" + Ports.LOOPBACK);
      arguments.add("--management.server.port=" + ports.healthOf(service));
      for (Service other : Service.values()) {
        arguments.add(
            "--pacs.portal.services.%s=http://%s:%d"
                .formatted(other.id(), Ports.LOOPBACK, ports.healthOf(other)));
      }
    } else {
      // These serve nothing but health and metrics over HTTP.
      arguments.add("--server.address=" + Ports.LOOPBACK);
      arguments.add("--server.port=" + ports.healthOf(service));
    }
    return arguments;
  }

  /** Where others reach the service; empty for those that nobody calls. */
  String address(Service service) {
    return switch (service) {
      case WADO -> "http://%s:%d".formatted(ports.bind, ports.http);
      case STORESCP -> "%s:%d".formatted(ports.bind, ports.dicom);
      case CONSUMER, WEBWORKER -> "";
    };
  }
}
