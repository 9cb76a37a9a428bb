package org.regionalpacs.wado.render;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.regionalpacs.wado.retrieve.FrameList;
import org.regionalpacs.wado.retrieve.StoredInstances;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Retrieves rendered studies, series, instances and frames (PS3.18 10.4.1.1.3). */
@RestController
@RequestMapping({"/dicom-web", "/tenants/{tenant}/dicom-web"})
class RenderedController {
  private final StoredInstances instances;
  private final RenderedAnswers answers;
  private final RenderProperties properties;

  RenderedController(
      StoredInstances instances, RenderedAnswers answers, RenderProperties properties) {
    this.instances = instances;
    this.answers = answers;
    this.properties = properties;
  }

  @GetMapping("/studies/{study}/rendered")
  void study(
      TenantScope scope,
      @PathVariable String study,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    RenderRequest wanted = wanted(scope, request, response);
    answers.instances(instances.ofStudy(scope, study), wanted);
  }

  @GetMapping("/studies/{study}/series/{series}/rendered")
  void series(
      TenantScope scope,
      @PathVariable String study,
      @PathVariable String series,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    RenderRequest wanted = wanted(scope, request, response);
    answers.instances(instances.ofSeries(scope, study, series), wanted);
  }

  @GetMapping("/studies/{study}/series/{series}/instances/{instance}/rendered")
  void instance(
      TenantScope scope,
      @PathVariable String study,
      @PathVariable String series,
      @PathVariable String instance,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    RenderRequest wanted = wanted(scope, request, response);
    answers.instance(instances.one(scope, study, series, instance), wanted);
  }

  @GetMapping("/studies/{study}/series/{series}/instances/{instance}/frames/{frames}/rendered")
  void frames(
      TenantScope scope,
      @PathVariable String study,
      @PathVariable String series,
      @PathVariable String instance,
      @PathVariable String frames,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    List<Integer> numbers = FrameList.parse(frames);
    RenderRequest wanted = wanted(scope, request, response);
    answers.frames(instances.one(scope, study, series, instance), numbers, wanted);
  }

  private RenderRequest wanted(
      TenantScope scope, HttpServletRequest request, HttpServletResponse response) {
    return new RenderRequest(scope, request, response, RenderParameters.of(request, properties));
  }
}
