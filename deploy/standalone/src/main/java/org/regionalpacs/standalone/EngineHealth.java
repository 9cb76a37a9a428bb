package org.regionalpacs.standalone;

import java.util.List;
import org.regionalpacs.embedded.EmbeddedServer;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** In every service's health: whether the engines run that it stands on. */
record EngineHealth(Engines engines) implements HealthIndicator {
  @Override
  public Health health() {
    List<EmbeddedServer> servers = engines.all();
    boolean all = servers.stream().allMatch(EmbeddedServer::alive);
    Health.Builder health = all ? Health.up() : Health.down();
    servers.forEach(engine -> health.withDetail(engine.name(), engine.alive() ? "runs" : "ended"));
    return health.build();
  }
}
