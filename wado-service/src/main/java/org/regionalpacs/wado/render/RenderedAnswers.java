package org.regionalpacs.wado.render;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.wado.render.FrameCursor.Target;
import org.regionalpacs.wado.render.RenderedNegotiation.Plan;
import org.regionalpacs.wado.render.RenderedNegotiation.Representation;
import org.regionalpacs.wado.retrieve.ByteRanges;
import org.regionalpacs.wado.web.Conditional;
import org.regionalpacs.wado.web.MultipartBody;
import org.regionalpacs.wado.web.Responses;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Answers requests for rendered resources, as was negotiated. */
@Component
class RenderedAnswers {
  private final RenderedFrames frames;
  private final MadePictures made;

  RenderedAnswers(RenderedFrames frames, MadePictures made) {
    this.frames = frames;
    this.made = made;
  }

  /** An instance. */
  void instance(InstanceObject instance, RenderRequest request) throws IOException {
    answer(
        instance, RenderedNegotiation.one(request.accepted(), StoredContent.of(instance)), request);
  }

  /** An instance, as was negotiated. */
  void answer(InstanceObject instance, Plan plan, RenderRequest request) throws IOException {
    if (plan.multipart()) {
      parts(List.of(Target.all(instance)), plan, request);
      return;
    }
    StoredContent content = StoredContent.of(instance);
    Representation how = plan.of(content).orElseThrow();
    switch (how.action()) {
      case PICTURE -> representative(instance, plan, request);
      case ANIMATION -> animation(List.of(Target.all(instance)), request);
      case AS_STORED -> document(instance, content, how, request);
    }
  }

  /** Frames of an instance. */
  void frames(InstanceObject instance, List<Integer> numbers, RenderRequest request)
      throws IOException {
    Target target = new Target(instance, numbers);
    StoredContent content = target.content();
    if (content != StoredContent.SINGLE_FRAME) {
      throw RenderedNegotiation.noPicture(content);
    }
    if (numbers.size() == 1) {
      Plan plan = RenderedNegotiation.one(request.accepted(), content);
      frame(instance, numbers.getFirst(), plan, request);
      return;
    }
    OpenedImage image = frames.open(instance, request.log());
    for (int number : numbers) {
      frames.requireThere(image, number);
    }
    several(
        List.of(target),
        RenderedNegotiation.several(request.accepted(), List.of(content)),
        request);
  }

  /** One frame of an image, as was negotiated for a single one. */
  void frame(InstanceObject instance, int number, Plan plan, RenderRequest request)
      throws IOException {
    picture(instance, OptionalInt.of(number), plan, request);
  }

  /** The instances of a study or series. */
  void instances(List<InstanceObject> instances, RenderRequest request) throws IOException {
    if (instances.size() == 1) {
      instance(instances.getFirst(), request);
      return;
    }
    List<StoredContent> contents = instances.stream().map(StoredContent::of).toList();
    Plan plan = RenderedNegotiation.several(request.accepted(), contents);
    warnOfLeftOut(instances, contents, request);
    several(instances.stream().map(Target::all).toList(), plan, request);
  }

  /** What can't be decoded isn't among the pictures: how many that is, and why. */
  private void warnOfLeftOut(
      List<InstanceObject> instances, List<StoredContent> contents, RenderRequest request) {
    Map<String, Integer> leftOut = new TreeMap<>();
    for (int i = 0; i < contents.size(); i++) {
      Optional<String> reason =
          switch (contents.get(i)) {
            case UNDECODED -> Optional.of("their transfer syntax can't be rendered");
            case SINGLE_FRAME, MULTI_FRAME -> missing(instances.get(i));
            case MPEG_2, MPEG_4, PDF, CDA, STL, OBJ, MTL, NO_IMAGE -> Optional.empty();
          };
      reason.ifPresent(why -> leftOut.merge(why, 1, Integer::sum));
    }
    leftOut.forEach((why, count) ->
        Responses.warn(
            request.response(),
            request.scope().baseUrl(),
            "%d instances are left out, as %s.".formatted(count, why)));
  }

  /** Why an image can't be decoded for want of a library. */
  Optional<String> missing(InstanceObject instance) {
    return frames.missing(instance);
  }

  private void several(List<Target> targets, Plan plan, RenderRequest request) throws IOException {
    if (plan.multipart()) {
      parts(targets, plan, request);
      return;
    }
    animation(targets.stream().filter(target -> target.content().isPicture()).toList(), request);
  }

  /** The frame that stands for all (PS3.3 C.7.6.16.1.2 and others), else the one in the middle. */
  void representative(InstanceObject instance, Plan plan, RenderRequest request)
      throws IOException {
    picture(instance, OptionalInt.empty(), plan, request);
  }

  /**
   * @param frame the frame; none for the one that stands for all
   */
  private void picture(InstanceObject instance, OptionalInt frame, Plan plan, RenderRequest request)
      throws IOException {
    if (plan.multipart()) {
      OpenedImage image = frames.open(instance, request.log());
      parts(
          List.of(new Target(instance, List.of(frame.orElseGet(image::representative)))),
          plan,
          request);
      return;
    }
    String mediaType = plan.of(StoredContent.SINGLE_FRAME).orElseThrow().mediaType();
    RenderParameters parameters = request.parameters();
    PictureName name = PictureName.of(instance, frame, mediaType, parameters);
    request.response().addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    if (Conditional.notModified(request.http(), request.response(), name.etag())) {
      return;
    }
    byte[] bytes =
        made.of(
            name,
            request.log(),
            () -> {
              OpenedImage image = frames.open(instance, request.log());
              return frames.show(
                  image,
                  frame.orElseGet(image::representative),
                  parameters,
                  shown -> PictureWriter.encode(shown, mediaType, parameters.quality()));
            });
    Responses.send(
        request.http(),
        request.response(),
        mediaType,
        OptionalLong.of(bytes.length),
        out -> out.write(bytes));
  }

  private void parts(List<Target> targets, Plan plan, RenderRequest request) throws IOException {
    RenderedParts parts = new RenderedParts(frames, request, plan, targets);
    Responses.send(
        request.http(), request.response(), MultipartBody.ofParts(parts.firstType(), parts));
  }

  private void animation(List<Target> targets, RenderRequest request) throws IOException {
    FrameCursor cursor = new FrameCursor(frames, request.log(), targets);
    try (AnimationBody body = AnimationBody.of(frames, cursor, request.parameters())) {
      Responses.send(
          request.http(), request.response(), RenderedNegotiation.GIF, OptionalLong.empty(), body);
    }
  }

  private void document(
      InstanceObject instance, StoredContent content, Representation how, RenderRequest request)
      throws IOException {
    ByteRanges.Bytes bytes = frames.document(instance, content, request.log());
    // It comes from strangers and is shown under the address of the portal.
    request.response().setHeader("X-Content-Type-Options", "nosniff");
    if (content == StoredContent.CDA) {
      request.response().setHeader("Content-Security-Policy", "sandbox");
    }
    String etag = "\"" + instance.receptionId() + "-content\"";
    if (Conditional.notModified(request.http(), request.response(), etag)) {
      return;
    }
    ByteRanges.send(request.http(), request.response(), how.mediaType(), etag, bytes);
  }
}
