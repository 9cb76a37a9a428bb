package org.regionalpacs.wado.retrieve;

import java.util.List;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.InstanceObjects;
import org.regionalpacs.storage.StoredObjects;
import org.regionalpacs.storage.cached.HotObjects;
import org.regionalpacs.wado.web.Existence;
import org.regionalpacs.wado.web.PathUids;
import org.regionalpacs.wado.web.RequestLog;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.stereotype.Component;

/** Finds what a path names, in one query, and opens its bytes. */
@Component
class StoredInstances {
  private final InstanceObjects index;
  private final StoredObjects objects;
  private final HotObjects hot;
  private final Existence existence;

  StoredInstances(
      InstanceObjects index, StoredObjects objects, HotObjects hot, Existence existence) {
    this.index = index;
    this.objects = objects;
    this.hot = hot;
    this.existence = existence;
  }

  /** The instances of a study, at least one. */
  List<InstanceObject> ofStudy(TenantScope scope, String study) {
    PathUids.require("study", study);
    List<InstanceObject> found = index.ofStudy(scope.tenant(), study);
    if (found.isEmpty()) {
      throw existence.noStudy(study);
    }
    return found;
  }

  /** The instances of a series, at least one. */
  List<InstanceObject> ofSeries(TenantScope scope, String study, String series) {
    PathUids.require("study", study);
    PathUids.require("series", series);
    List<InstanceObject> found = index.ofSeries(scope.tenant(), study, series);
    if (found.isEmpty()) {
      throw existence.noSeries(scope, study, series);
    }
    return found;
  }

  /** An instance. */
  InstanceObject one(TenantScope scope, String study, String series, String instance) {
    PathUids.require("study", study);
    PathUids.require("series", series);
    PathUids.require("instance", instance);
    return index
        .find(scope.tenant(), study, series, instance)
        .orElseThrow(() -> existence.noInstance(scope, study, series, instance));
  }

  /** The file of an instance that others may want too, as viewers do. */
  ByteSource open(InstanceObject instance, RequestLog log) {
    return hot.open(instance, log::servedFrom);
  }

  /** The file of one instance of many: read once, it would only take the place of others. */
  ByteSource openOnce(InstanceObject instance, RequestLog log) {
    return objects.open(instance.locations(), log::servedFrom);
  }
}
