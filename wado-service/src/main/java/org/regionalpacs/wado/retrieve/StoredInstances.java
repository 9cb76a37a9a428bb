package org.regionalpacs.wado.retrieve;

import java.io.IOException;
import java.util.List;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.InstanceObjects;
import org.regionalpacs.storage.StoredObjects;
import org.regionalpacs.wado.web.Existence;
import org.regionalpacs.wado.web.PathUids;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.stereotype.Component;

/** Finds what a path names, in one query, and opens its bytes. */
@Component
public class StoredInstances {
  private final InstanceObjects index;
  private final StoredObjects objects;
  private final Existence existence;

  StoredInstances(InstanceObjects index, StoredObjects objects, Existence existence) {
    this.index = index;
    this.objects = objects;
    this.existence = existence;
  }

  /** The instances of a study, at least one. */
  public List<InstanceObject> ofStudy(TenantScope scope, String study) {
    PathUids.require("study", study);
    List<InstanceObject> found = index.ofStudy(scope.tenant(), study);
    if (found.isEmpty()) {
      throw existence.noStudy(study);
    }
    return found;
  }

  /** The instances of a series, at least one. */
  public List<InstanceObject> ofSeries(TenantScope scope, String study, String series) {
    PathUids.require("study", study);
    PathUids.require("series", series);
    List<InstanceObject> found = index.ofSeries(scope.tenant(), study, series);
    if (found.isEmpty()) {
      throw existence.noSeries(scope, study, series);
    }
    return found;
  }

  /** An instance. */
  public InstanceObject one(TenantScope scope, String study, String series, String instance) {
    PathUids.require("study", study);
    PathUids.require("series", series);
    PathUids.require("instance", instance);
    return index
        .find(scope.tenant(), study, series, instance)
        .orElseThrow(() -> existence.noInstance(scope, study, series, instance));
  }

  /** The bytes of an instance's file. */
  public StoredObjects.OpenedObject open(InstanceObject instance) throws IOException {
    return objects.find(instance.locations());
  }
}
