package org.regionalpacs.wado.render;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.wado.retrieve.FrameList;
import org.regionalpacs.wado.retrieve.StoredInstances;
import org.regionalpacs.wado.web.BadParameterException;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Retrieves thumbnails: one small picture that stands for a study, series, instance or frame
 * (PS3.18 10.4.1.1.7). It is of the middle of a series, and for a study of its first series with
 * images.
 */
@RestController
@RequestMapping({"/dicom-web", "/tenants/{tenant}/dicom-web"})
class ThumbnailController {
  /** Images that are tried before it is said that there is none to show. */
  private static final int TRIED = 8;

  private final StoredInstances instances;
  private final RenderedAnswers answers;

  ThumbnailController(StoredInstances instances, RenderedAnswers answers) {
    this.instances = instances;
    this.answers = answers;
  }

  @GetMapping("/studies/{study}/thumbnail")
  void study(RenderRequest request, @PathVariable String study) throws IOException {
    send(instances.ofStudy(request.scope(), study), request);
  }

  @GetMapping("/studies/{study}/series/{series}/thumbnail")
  void series(RenderRequest request, @PathVariable String study, @PathVariable String series)
      throws IOException {
    send(instances.ofSeries(request.scope(), study, series), request);
  }

  @GetMapping("/studies/{study}/series/{series}/instances/{instance}/thumbnail")
  void instance(
      RenderRequest request,
      @PathVariable String study,
      @PathVariable String series,
      @PathVariable String instance)
      throws IOException {
    send(List.of(instances.one(request.scope(), study, series, instance)), request);
  }

  @GetMapping("/studies/{study}/series/{series}/instances/{instance}/frames/{frames}/thumbnail")
  void frame(
      RenderRequest request,
      @PathVariable String study,
      @PathVariable String series,
      @PathVariable String instance,
      @PathVariable String frames)
      throws IOException {
    List<Integer> numbers = FrameList.parse(frames);
    if (numbers.size() != 1) {
      throw new BadParameterException("frames", "A thumbnail is of one frame.");
    }
    answers.frames(instances.one(request.scope(), study, series, instance), numbers, request);
  }

  private void send(List<InstanceObject> all, RenderRequest request) throws IOException {
    RenderedNegotiation.Plan plan = RenderedNegotiation.thumbnail(request.accepted());
    NotAcceptableException reason = RenderedNegotiation.noPicture(StoredContent.of(all.getFirst()));
    for (InstanceObject candidate : candidates(all)) {
      try {
        answers.representative(candidate, plan, request);
        return;
      } catch (NotAcceptableException e) {
        reason = e;
      }
    }
    throw reason;
  }

  /** From the middle of each series on; the first of these first. */
  static List<InstanceObject> candidates(List<InstanceObject> all) {
    Map<String, List<InstanceObject>> series =
        all.stream()
            .filter(instance -> StoredContent.of(instance).isPicture())
            .collect(
                Collectors.groupingBy(
                    InstanceObject::series, LinkedHashMap::new, Collectors.toList()));
    List<InstanceObject> candidates = new ArrayList<>();
    Collection<List<InstanceObject>> lists = series.values();
    for (List<InstanceObject> images : lists) {
      candidates.add(images.get(images.size() / 2));
    }
    if (lists.size() == 1) {
      List<InstanceObject> images = lists.iterator().next();
      InstanceObject middle = candidates.getFirst();
      images.stream().filter(image -> !image.equals(middle)).limit(TRIED).forEach(candidates::add);
    }
    return candidates.subList(0, Math.min(candidates.size(), TRIED));
  }
}
