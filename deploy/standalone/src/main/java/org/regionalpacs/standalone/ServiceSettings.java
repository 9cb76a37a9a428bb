package org.regionalpacs.standalone;

import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.embedded.PostgresServer;

/** What the launcher tells a service, as arguments for Spring: these win over every file. */
record ServiceSettings(DataFolder folder, Ports ports) {

  /** The arguments, among them the database's password. */
  List<String> of(Service service) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--spring.config.name=application," + service.id());
    arguments.add("--spring.config.additional-location=optional:file:" + folder.settings());
    arguments.add("--spring.application.name=" + service.id());
    arguments.add("--spring.jmx.enabled=false");
    arguments.add(
        "--spring.datasource.url=jdbc:postgresql://%s:%d/%s"
            .formatted(Ports.LOOPBACK, ports.postgresql, Engines.DATABASE));
    arguments.add("--spring.datasource.username=" + PostgresServer.USER);
    arguments.add("--spring.datasource.password=" + PostgresServer.password(folder.postgresql()));
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
