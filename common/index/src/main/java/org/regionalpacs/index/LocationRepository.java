package org.regionalpacs.index;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** Reads {@link Location} rows. */
public interface LocationRepository extends Repository<Location, LocationIdentity> {

  List<Location> findByTenantAndReceptionIdIn(String tenant, Collection<UUID> receptionIds);

  default List<Location> of(String tenant, UUID receptionId) {
    return findByTenantAndReceptionIdIn(tenant, List.of(receptionId));
  }
}
