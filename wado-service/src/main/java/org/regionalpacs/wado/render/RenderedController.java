package org.regionalpacs.wado.render;

import java.io.IOException;
import java.util.List;
import org.regionalpacs.wado.retrieve.FrameList;
import org.regionalpacs.wado.retrieve.StoredInstances;
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

  RenderedController(StoredInstances instances, RenderedAnswers answers) {
    this.instances = instances;
    this.answers = answers;
  }

  @GetMapping("/studies/{study}/rendered")
  void study(RenderRequest request, @PathVariable String study) throws IOException {
    answers.instances(instances.ofStudy(request.scope(), study), request);
  }

  @GetMapping("/studies/{study}/series/{series}/rendered")
  void series(RenderRequest request, @PathVariable String study, @PathVariable String series)
      throws IOException {
    answers.instances(instances.ofSeries(request.scope(), study, series), request);
  }

  @GetMapping("/studies/{study}/series/{series}/instances/{instance}/rendered")
  void instance(
      RenderRequest request,
      @PathVariable String study,
      @PathVariable String series,
      @PathVariable String instance)
      throws IOException {
    answers.instance(instances.one(request.scope(), study, series, instance), request);
  }

  @GetMapping("/studies/{study}/series/{series}/instances/{instance}/frames/{frames}/rendered")
  void frames(
      RenderRequest request,
      @PathVariable String study,
      @PathVariable String series,
      @PathVariable String instance,
      @PathVariable String frames)
      throws IOException {
    List<Integer> numbers = FrameList.parse(frames);
    answers.frames(instances.one(request.scope(), study, series, instance), numbers, request);
  }
}
