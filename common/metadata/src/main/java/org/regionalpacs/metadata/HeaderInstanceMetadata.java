package org.regionalpacs.metadata;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.InstanceObjects;

/** Reads the header of the one instance that is asked for. */
final class HeaderInstanceMetadata implements InstanceMetadataService {
  private final InstanceObjects instances;
  private final InstanceTextReader reader;
  private final MetadataProperties properties;
  private final Semaphore turns;

  HeaderInstanceMetadata(
      InstanceObjects instances, InstanceTextReader reader, MetadataProperties properties) {
    this.instances = instances;
    this.reader = reader;
    this.properties = properties;
    this.turns = new Semaphore(properties.maxBuilds() * properties.parallelReads(), true);
  }

  @Override
  public Optional<InstanceMetadata> open(
      String tenant, String study, String series, String sopInstance, String baseUrl)
      throws IOException {
    Optional<InstanceObject> instance = instances.find(tenant, study, series, sopInstance);
    return instance.isEmpty() ? Optional.empty() : Optional.of(read(instance.get(), baseUrl));
  }

  private InstanceMetadata read(InstanceObject instance, String baseUrl) throws IOException {
    takeTurn();
    try {
      InstanceText text = reader.read(instance, baseUrl);
      String state = text.lasting() ? "read" : "unreachable";
      String tag = EntityTag.of(state, instance.receptionId().toString(), baseUrl);
      return new InstanceMetadata(tag, text.json());
    } finally {
      turns.release();
    }
  }

  private void takeTurn() throws IOException {
    try {
      if (!turns.tryAcquire(properties.buildWait().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new MetadataBusyException("no turn to read a header in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting to read a header");
    }
  }
}
