package org.regionalpacs.wado.retrieve;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.regionalpacs.codec.process.CodecProcesses;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomFormatException;
import org.regionalpacs.dicom.io.NoPixelDataException;
import org.regionalpacs.dicom.io.PixelFrames;
import org.regionalpacs.wado.web.NotFoundException;
import org.regionalpacs.wado.web.RequestLog;
import org.springframework.stereotype.Component;

/** Opens the encodings of an object, and knows which of their frames can't be coded here. */
@Component
class FrameSources {
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final StoredInstances instances;
  private final FrameLayouts layouts;
  private final CodecProcesses codecs;

  FrameSources(StoredInstances instances, FrameLayouts layouts, CodecProcesses codecs) {
    this.instances = instances;
    this.layouts = layouts;
    this.codecs = codecs;
  }

  ByteSource open(HeldEncoding encoding, RequestLog log) {
    return instances.open(encoding.object(), log);
  }

  /**
   * Where its frames are.
   *
   * @throws NotFoundException when it has none that can be read
   */
  PixelFrames pixels(HeldEncoding encoding, ByteSource bytes) throws IOException {
    try {
      return layouts.of(encoding.object(), bytes);
    } catch (NoPixelDataException | DicomFormatException e) {
      throw new NotFoundException(
          "Instance " + encoding.object().sop() + " has no pixel data that can be read.");
    }
  }

  /** Why frames can't be sent so for want of a library; empty when they can, or nobody knows. */
  Optional<String> missing(FrameNegotiation.Plan plan) {
    return plan.isMade()
        ? Stream.of(plan.encoding().frameSyntax(), plan.transferSyntax())
            .flatMap(syntax -> codecs.missing(syntax, LOOK).stream())
            .findFirst()
        : Optional.empty();
  }
}
