package org.regionalpacs.wado.delete;

import java.util.function.Supplier;
import org.regionalpacs.index.DeletionTarget;
import org.regionalpacs.index.DeletionWriter;
import org.regionalpacs.wado.web.Existence;
import org.regionalpacs.wado.web.ForbiddenException;
import org.regionalpacs.wado.web.NotFoundException;
import org.regionalpacs.wado.web.PathUids;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Deletes by the paths that objects are retrieved by. PS3.18 has no such transaction; this is what
 * HTTP says of DELETE (RFC 9110 9.3.5): 204, and from then on the resource is gone for every search
 * and retrieval. Its bytes are removed soon afterwards.
 */
@RestController
@EnableConfigurationProperties(DeleteProperties.class)
@RequestMapping({"/dicom-web", "/tenants/{tenant}/dicom-web"})
class DeleteController {
  private final DeletionWriter deletions;
  private final Existence existence;
  private final DeleteProperties properties;

  DeleteController(DeletionWriter deletions, Existence existence, DeleteProperties properties) {
    this.deletions = deletions;
    this.existence = existence;
    this.properties = properties;
  }

  @DeleteMapping("/studies/{study}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void study(TenantScope scope, @PathVariable String study) {
    requireAllowed();
    PathUids.require("study", study);
    delete(DeletionTarget.study(scope.tenant(), study), () -> existence.noStudy(study));
  }

  @DeleteMapping("/studies/{study}/series/{series}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void series(TenantScope scope, @PathVariable String study, @PathVariable String series) {
    requireAllowed();
    PathUids.require("study", study);
    PathUids.require("series", series);
    delete(
        DeletionTarget.series(scope.tenant(), study, series),
        () -> existence.noSeries(scope, study, series));
  }

  @DeleteMapping("/studies/{study}/series/{series}/instances/{instance}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void instance(
      TenantScope scope,
      @PathVariable String study,
      @PathVariable String series,
      @PathVariable String instance) {
    requireAllowed();
    PathUids.require("study", study);
    PathUids.require("series", series);
    PathUids.require("instance", instance);
    delete(
        DeletionTarget.instance(scope.tenant(), study, series, instance),
        () -> existence.noInstance(scope, study, series, instance));
  }

  private void requireAllowed() {
    if (!properties.enabled()) {
      throw new ForbiddenException("Deleting is switched off here (pacs.delete.enabled).");
    }
  }

  private void delete(DeletionTarget target, Supplier<NotFoundException> unknown) {
    if (deletions.delete(target, properties.clockTolerance()).isEmpty()) {
      throw unknown.get();
    }
  }
}
