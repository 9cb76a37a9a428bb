package org.regionalpacs.wado.render;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.wado.render.FrameCursor.Target;
import org.regionalpacs.wado.retrieve.ByteRanges;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.Part;

/**
 * The parts of a multipart body, made one by one: a picture for each frame, an encapsulated
 * document as it is. What can't be shown is left out.
 */
final class RenderedParts implements Iterator<Part> {
  private final RenderedFrames frames;
  private final RenderRequest request;
  private final RenderedNegotiation.Plan plan;
  private final Iterator<Target> targets;
  private FrameCursor cursor;
  private String mediaType = "";
  private Optional<Part> next;

  /**
   * Makes the first part.
   *
   * @throws NotAcceptableException when there is none
   */
  RenderedParts(
      RenderedFrames frames,
      RenderRequest request,
      RenderedNegotiation.Plan plan,
      List<Target> targets)
      throws IOException {
    this.frames = frames;
    this.request = request;
    this.plan = plan;
    this.targets = targets.iterator();
    this.cursor = new FrameCursor(frames, request.log(), List.of());
    this.next = make();
    if (next.isEmpty()) {
      throw cursor.reason();
    }
  }

  /** The media type of the first part. */
  String firstType() {
    return next.map(Part::contentType).orElse("");
  }

  /** Makes the next part, after the one before has been sent: never two of them in memory. */
  @Override
  public boolean hasNext() {
    if (next.isEmpty()) {
      try {
        next = make();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return next.isPresent();
  }

  @Override
  public Part next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Part part = next.orElseThrow();
    next = Optional.empty();
    return part;
  }

  private Optional<Part> make() throws IOException {
    while (true) {
      Optional<Part> picture = cursor.next(this::picture);
      if (picture.isPresent() || !targets.hasNext()) {
        return picture;
      }
      Target target = targets.next();
      StoredContent content = target.content();
      Optional<RenderedNegotiation.Representation> how = plan.of(content);
      if (how.isEmpty()) {
        continue;
      }
      mediaType = how.get().mediaType();
      switch (how.get().action()) {
        case PICTURE -> cursor = new FrameCursor(frames, request.log(), List.of(target));
        case ANIMATION -> {
          Optional<Part> moving = animation(target);
          if (moving.isPresent()) {
            return moving;
          }
        }
        case AS_STORED -> {
          return Optional.of(document(target.instance(), content));
        }
      }
    }
  }

  private Part picture(OpenedImage image, int frame) throws IOException {
    RenderParameters parameters = request.parameters();
    byte[] bytes =
        frames.show(
            image,
            frame,
            parameters,
            shown -> PictureWriter.encode(shown, mediaType, parameters.quality()));
    return new Part(mediaType, OptionalLong.of(bytes.length), out -> out.write(bytes));
  }

  private Optional<Part> animation(Target target) throws IOException {
    cursor = new FrameCursor(frames, request.log(), List.of(target));
    try {
      AnimationBody body = AnimationBody.of(frames, cursor, request.parameters());
      return Optional.of(new Part(mediaType, OptionalLong.empty(), body::writeAndClose));
    } catch (NotAcceptableException e) {
      return Optional.empty();
    }
  }

  private Part document(InstanceObject instance, StoredContent content) throws IOException {
    ByteRanges.Bytes bytes = frames.document(instance, content, request.log());
    return new Part(
        mediaType,
        OptionalLong.of(bytes.length()),
        out -> bytes.copy().copy(0, bytes.length(), out));
  }
}
