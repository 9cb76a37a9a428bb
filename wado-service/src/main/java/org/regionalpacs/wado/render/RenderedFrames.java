package org.regionalpacs.wado.render;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.CodecUnavailableException;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.display.Display;
import org.regionalpacs.codec.display.FrameAttributes;
import org.regionalpacs.codec.process.CodecProcesses;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomFormatException;
import org.regionalpacs.dicom.io.NoPixelDataException;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.security.TenantCharsets;
import org.regionalpacs.wado.retrieve.ByteRanges;
import org.regionalpacs.wado.retrieve.FrameLayouts;
import org.regionalpacs.wado.retrieve.StoredInstances;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.NotFoundException;
import org.regionalpacs.wado.web.RequestLog;
import org.regionalpacs.wado.web.UnavailableException;
import org.regionalpacs.wado.work.Room;
import org.springframework.stereotype.Component;

/** Makes pictures of frames, one at a time for each request. */
@Component
class RenderedFrames {
  /** Bytes that a picture in color takes for each pixel. */
  private static final int COLOR = 3;

  private static final Duration LOOK = Duration.ofSeconds(10);

  private final StoredInstances instances;
  private final FrameLayouts layouts;
  private final TenantCharsets charsets;
  private final RenderWork work;
  private final CodecProcesses codecs;

  RenderedFrames(
      StoredInstances instances,
      FrameLayouts layouts,
      TenantCharsets charsets,
      RenderWork work,
      CodecProcesses codecs) {
    this.instances = instances;
    this.layouts = layouts;
    this.charsets = charsets;
    this.work = work;
    this.codecs = codecs;
  }

  /** What is made of a picture while there is room for it. */
  @FunctionalInterface
  interface Use<T> {
    T of(BufferedImage picture) throws IOException;
  }

  /**
   * Opens an image.
   *
   * @throws NotAcceptableException when it has no frames that could be shown
   */
  OpenedImage open(InstanceObject instance, RequestLog log) throws IOException {
    return open(instance, instances.open(instance, log));
  }

  /** The same for an image of many, that others hardly want too. */
  OpenedImage openOnce(InstanceObject instance, RequestLog log) throws IOException {
    return open(instance, instances.openOnce(instance, log));
  }

  private OpenedImage open(InstanceObject instance, ByteSource bytes) throws IOException {
    try {
      return OpenedImage.of(bytes, layouts.of(instance, bytes), charsets.of(instance.tenant()));
    } catch (NoPixelDataException | DicomFormatException e) {
      throw notShown("it has no pixel data that can be read");
    } catch (CodecException e) {
      throw notShown(e.getMessage());
    }
  }

  /** Why an image can't be decoded for want of a library; empty when it can, or nobody knows. */
  Optional<String> missing(InstanceObject instance) {
    return codecs.missing(instance.transferSyntax(), LOOK);
  }

  /** An encapsulated document or video. */
  ByteRanges.Bytes document(InstanceObject instance, StoredContent content, RequestLog log)
      throws IOException {
    return StoredDocument.of(content, instances.open(instance, log));
  }

  /**
   * Shows a frame.
   *
   * @param frame from 1
   * @throws NotFoundException when there is no such frame
   * @throws NotAcceptableException when it can't be shown
   * @throws UnavailableException when there is no turn for it
   */
  <T> T show(OpenedImage image, int frame, RenderParameters parameters, Use<T> use)
      throws IOException {
    requireThere(image, frame);
    try (Room room = work.take(bytes(image, frame, parameters.viewport()))) {
      byte[] coded = image.read(frame);
      return room.run(() -> use.of(picture(image, frame, coded, parameters)));
    } catch (DicomFormatException e) {
      throw notShown("its pixel data ends early");
    } catch (CodecUnavailableException e) {
      throw new UnavailableException("It can't be decoded just now: %s.".formatted(e.getMessage()));
    } catch (CodecException e) {
      throw notShown(e.getMessage());
    }
  }

  /**
   * @throws NotFoundException when the image has no such frame
   */
  void requireThere(OpenedImage image, int frame) {
    if (frame > image.frames().count()) {
      throw new NotFoundException(
          "There is no frame " + frame + "; the instance has " + image.frames().count() + ".");
    }
  }

  /** The frame's, its picture's, and that of the viewport with an encoded one. */
  private static long bytes(OpenedImage image, int frame, Optional<Viewport> viewport) {
    ImageDescription described = image.image();
    long pixels =
        viewport
            .map(v -> v.sizeOf(described.columns(), described.rows()))
            .map(size -> (long) size.width() * size.height())
            .orElse(described.pixels());
    return image.working(frame) + 2 * COLOR * pixels;
  }

  private BufferedImage picture(
      OpenedImage image, int frame, byte[] coded, RenderParameters parameters) throws IOException {
    BufferedImage shown =
        Display.show(
            image.decode(coded, codecs),
            new FrameAttributes(image.header(), frame),
            parameters.window());
    BufferedImage fitted = parameters.viewport().map(v -> v.show(shown)).orElse(shown);
    if (!parameters.annotations().isEmpty()) {
      BurnedIn.of(image.header(), parameters).paint(fitted);
    }
    return fitted;
  }

  private static NotAcceptableException notShown(String reason) {
    return new NotAcceptableException(
        "The image can't be rendered: " + reason, RenderedNegotiation.AS_STORED_OBJECT);
  }
}
