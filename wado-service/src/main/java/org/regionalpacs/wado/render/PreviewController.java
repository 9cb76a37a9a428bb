package org.regionalpacs.wado.render;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.SeriesEnds;
import org.regionalpacs.index.SeriesEnds.Ends;
import org.regionalpacs.storage.ObjectMissingException;
import org.regionalpacs.storage.ObjectUnavailableException;
import org.regionalpacs.wado.retrieve.StoredInstances;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.NotFoundException;
import org.regionalpacs.wado.web.PathUids;
import org.regionalpacs.wado.web.UnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A picture of the image that the viewer opens a study with, which its page shows until the viewer
 * itself does. Where there is none, 204: the page needs no picture, and browsers complain of
 * everything else.
 */
@RestController
@RequestMapping({"/dicom-web", "/tenants/{tenant}/dicom-web"})
class PreviewController {
  private static final Logger LOG = LoggerFactory.getLogger(PreviewController.class);

  /** Whole slides, of which one frame is a piece: they have another viewer. */
  private static final String SLIDES = "SM";

  /** Sorted by position, where viewers make volumes of them. */
  private static final Set<String> VOLUMES = Set.of("CT", "MR", "PT", "NM");

  /** Longest side: more is hardly seen, and takes its time. */
  private static final int LONGEST = 1024;

  private static final RenderedNegotiation.Plan JPEG =
      RenderedNegotiation.thumbnail(List.of(new MediaRange(RenderedNegotiation.JPEG, Map.of(), 1)));

  private final SeriesEnds ends;
  private final StoredInstances instances;
  private final RenderedFrames frames;
  private final RenderedAnswers answers;
  private final RenderProperties properties;

  PreviewController(
      SeriesEnds ends,
      StoredInstances instances,
      RenderedFrames frames,
      RenderedAnswers answers,
      RenderProperties properties) {
    this.ends = ends;
    this.instances = instances;
    this.frames = frames;
    this.answers = answers;
    this.properties = properties;
  }

  @GetMapping("/studies/{study}/preview")
  void preview(RenderRequest request, @PathVariable String study) throws IOException {
    PathUids.require("study", study);
    try {
      Optional<Ends> found = ends.ofFirst(request.scope().tenant(), study);
      if (found.isPresent() && shown(study, found.get(), request)) {
        return;
      }
    } catch (NotFoundException
        | NotAcceptableException
        | UnavailableException
        | ObjectMissingException
        | ObjectUnavailableException e) {
      // Deleted meanwhile, damaged, away, or no turn for it: the viewer will say what is.
      LOG.debug("No preview of study {}: {}", study, e.getMessage());
    }
    HttpServletResponse response = request.response();
    response.setHeader(HttpHeaders.CONTENT_LOCATION, null);
    response.setHeader(HttpHeaders.ETAG, null);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  private boolean shown(String study, Ends ends, RenderRequest request) throws IOException {
    if (ends.modality().equals(SLIDES)) {
      return false;
    }
    InstanceObject opened = opened(study, ends, request);
    if (!StoredContent.of(opened).isPicture()) {
      return false;
    }
    request
        .response()
        .setHeader(
            HttpHeaders.CONTENT_LOCATION,
            "%s/studies/%s/series/%s/instances/%s/frames/1/rendered"
                .formatted(request.scope().baseUrl(), study, opened.series(), opened.sop()));
    boolean large = Math.max(ends.rows(), ends.columns()) > LONGEST;
    RenderParameters how =
        new RenderParameters(
            large ? Optional.of(Viewport.of(LONGEST, LONGEST)) : Optional.empty(),
            Optional.empty(),
            properties.quality(),
            Set.of());
    answers.frame(
        opened,
        1,
        JPEG,
        new RenderRequest(request.scope(), request.http(), request.response(), how));
    return true;
  }

  /** Volumes are sorted against the direction that their planes look in. */
  private InstanceObject opened(String study, Ends ends, RenderRequest request) throws IOException {
    InstanceObject first = instances.one(request.scope(), study, ends.series(), ends.first());
    if (ends.first().equals(ends.last()) || !VOLUMES.contains(ends.modality())) {
      return first;
    }
    InstanceObject last = instances.one(request.scope(), study, ends.series(), ends.last());
    Optional<ImagePlane> end = plane(last, request);
    return end.isPresent() && plane(first, request).filter(p -> p.isBefore(end.get())).isPresent()
        ? last
        : first;
  }

  private Optional<ImagePlane> plane(InstanceObject image, RenderRequest request)
      throws IOException {
    if (!StoredContent.of(image).isPicture()) {
      return Optional.empty();
    }
    try {
      return ImagePlane.of(frames.open(image, request.log()).header());
    } catch (NotAcceptableException e) {
      return Optional.empty();
    }
  }
}
