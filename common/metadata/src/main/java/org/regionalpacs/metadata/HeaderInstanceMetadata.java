package org.regionalpacs.metadata;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.InstanceObjects;

/** Reads the header of the one instance that is asked for. */
final class HeaderInstanceMetadata implements InstanceMetadataService {
  private final InstanceObjects instances;
  private final InstanceTextReader reader;
  private final Turns turns;

  HeaderInstanceMetadata(
      InstanceObjects instances, InstanceTextReader reader, MetadataProperties properties) {
    this.instances = instances;
    this.reader = reader;
    this.turns =
        new Turns(properties.maxBuilds() * properties.parallelReads(), properties.buildWait());
  }

  @Override
  public Optional<InstanceMetadata> open(
      String tenant,
      String study,
      String series,
      String sopInstance,
      String baseUrl,
      Consumer<String> from)
      throws IOException {
    Optional<InstanceObject> instance = instances.find(tenant, study, series, sopInstance);
    return instance.isEmpty() ? Optional.empty() : Optional.of(read(instance.get(), baseUrl, from));
  }

  private InstanceMetadata read(InstanceObject instance, String baseUrl, Consumer<String> from)
      throws IOException {
    InstanceText text = turns.run(() -> reader.read(instance, baseUrl, from));
    String state = text.lasting() ? "read" : "unreachable";
    String tag = EntityTag.of(state, instance.receptionId().toString(), baseUrl);
    return new InstanceMetadata(tag, text.json());
  }
}
