package org.regionalpacs.standalone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.regionalpacs.embedded.EmbeddedServer;

/**
 * A child process of a running product.
 *
 * @param name what people call it
 * @param folder where {@code <name>.pid} tells its process id while it runs
 * @param port what it opens when it has started, on loopback
 */
record Child(String name, Path folder, int port) {

  /** The children of that product, engines first. */
  static List<Child> of(DataFolder folder, RunState state) {
    List<Child> children = new ArrayList<>();
    children.add(new Child("postgresql", folder.postgresql(), state.postgresql()));
    children.add(new Child("kafka", folder.kafka(), state.kafka()));
    children.add(new Child("redis", folder.redis(), state.redis()));
    if (state.separate()) {
      for (Service service : Service.values()) {
        int port = state.health() + service.ordinal();
        children.add(new Child(service.id(), folder.service(service), port));
      }
    }
    return children;
  }

  /** Its process id; another after every start. */
  OptionalLong pid() {
    return EmbeddedServer.pid(folder, name);
  }
}
