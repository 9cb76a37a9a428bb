package org.regionalpacs.wado.retrieve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.wado.web.AcceptHeader;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Retrieves whole objects of a study, a series or one (PS3.18 10.4.1.1.1-3). Files that go out as
 * they are stored are neither parsed nor held in memory, and the length of the body is known.
 */
@RestController
@RequestMapping({"/dicom-web", "/tenants/{tenant}/dicom-web"})
class ObjectController {
  private final StoredInstances instances;
  private final ObjectAnswers answers;

  ObjectController(StoredInstances instances, ObjectAnswers answers) {
    this.instances = instances;
    this.answers = answers;
  }

  @GetMapping("/studies/{study}")
  void study(
      TenantScope scope,
      @PathVariable String study,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    send(instances.ofStudy(scope, study), false, request, response);
  }

  @GetMapping("/studies/{study}/series/{series}")
  void series(
      TenantScope scope,
      @PathVariable String study,
      @PathVariable String series,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    send(instances.ofSeries(scope, study, series), false, request, response);
  }

  @GetMapping("/studies/{study}/series/{series}/instances/{instance}")
  void instance(
      TenantScope scope,
      @PathVariable String study,
      @PathVariable String series,
      @PathVariable String instance,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    send(List.of(instances.one(scope, study, series, instance)), true, request, response);
  }

  private void send(
      List<InstanceObject> objects,
      boolean oneInstance,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    answers.send(objects, oneInstance, AcceptHeader.of(request), request, response);
  }
}
