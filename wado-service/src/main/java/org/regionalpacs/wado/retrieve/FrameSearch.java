package org.regionalpacs.wado.retrieve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.PixelFrames;
import org.regionalpacs.wado.retrieve.FrameNegotiation.Plan;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.NotFoundException;
import org.regionalpacs.wado.web.RequestLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds how frames are sent: the best way that is accepted and can be gone. An encoding that can't
 * be read is passed over, and so is a way in which the first frame can't be made. For one request.
 */
final class FrameSearch {
  private static final Logger LOG = LoggerFactory.getLogger(FrameSearch.class);

  private final FrameSources sources;
  private final RequestLog log;
  private final List<HeldEncoding> usable;
  private final List<MediaRange> accepted;
  private final List<Integer> numbers;
  private final Set<UUID> corrected = new HashSet<>();
  private final Set<Way> failed = new HashSet<>();
  private Optional<NotAcceptableException> refused = Optional.empty();

  /** Names differ only in what they are called by: what fails by one fails by the others. */
  private record Way(UUID encoding, String transferSyntax) {
    static Way of(Plan plan) {
      return new Way(plan.encoding().object().receptionId(), plan.transferSyntax());
    }
  }

  /** Makes ready what is sent. */
  @FunctionalInterface
  interface Preparation<T> {
    /**
     * @throws NotAcceptableException when it can't be made, so that another way is tried
     */
    T of(OpenedFrames frames) throws IOException;
  }

  /**
   * @param held the encodings there are, the original first
   * @param accepted most wanted first
   * @param numbers of the frames
   */
  FrameSearch(
      FrameSources sources,
      RequestLog log,
      List<HeldEncoding> held,
      List<MediaRange> accepted,
      List<Integer> numbers) {
    this.sources = sources;
    this.log = log;
    this.usable = new ArrayList<>(held);
    this.accepted = accepted;
    this.numbers = numbers;
  }

  /**
   * The first that can be made ready. Each round takes a way or an encoding away, or corrects one
   * that wasn't corrected before: it ends.
   *
   * @throws NotFoundException when there are no such frames
   * @throws NotAcceptableException when they can't be sent as accepted
   */
  <T> T first(Preparation<T> preparation) throws IOException {
    while (true) {
      Plan plan = next();
      Optional<OpenedFrames> opened = open(plan);
      if (opened.isEmpty()) {
        continue;
      }
      Optional<String> missing = sources.missing(plan);
      if (missing.isPresent()) {
        passOver(plan, new NotAcceptableException(missing.get(), ObjectNegotiation.AS_STORED));
        continue;
      }
      try {
        return preparation.of(opened.get());
      } catch (NotAcceptableException e) {
        if (!plan.encoding().isOriginal()) {
          warn(plan.encoding(), e.getMessage());
        }
        passOver(plan, e);
      }
    }
  }

  private Plan next() throws IOException {
    return plans().stream()
        .filter(plan -> !failed.contains(Way.of(plan)))
        .findFirst()
        .orElseThrow(() -> refused.orElseThrow());
  }

  /** That there are no such frames is said before what they could be sent as. */
  private List<Plan> plans() throws IOException {
    try {
      return FrameNegotiation.plans(accepted, usable, numbers.size());
    } catch (NotAcceptableException e) {
      requireThere();
      throw refused.orElse(e);
    }
  }

  /** The reason of the best way is the one to be told. */
  private void passOver(Plan plan, NotAcceptableException reason) {
    failed.add(Way.of(plan));
    refused = refused.or(() -> Optional.of(reason));
  }

  /** Empty when its encoding is passed over, or turns out to be another one than it says. */
  private Optional<OpenedFrames> open(Plan plan) throws IOException {
    HeldEncoding chosen = plan.encoding();
    ByteSource bytes = sources.open(chosen, log);
    if (chosen.isOriginal()) {
      return asItSays(plan, requireThere(), bytes);
    }
    try {
      PixelFrames pixels = sources.pixels(chosen, bytes);
      bytes.open(0, 0).close();
      if (last() <= pixels.count()) {
        log.rendition();
        return asItSays(plan, pixels, bytes);
      }
    } catch (IOException | NotFoundException e) {
      passOver(chosen, e.getMessage());
      return Optional.empty();
    }
    requireThere();
    passOver(chosen, "it has too few frames");
    return Optional.empty();
  }

  private Optional<OpenedFrames> asItSays(Plan plan, PixelFrames pixels, ByteSource bytes) {
    HeldEncoding chosen = plan.encoding();
    if (pixels.transferSyntax().equals(chosen.frameSyntax())) {
      return Optional.of(new OpenedFrames(plan, pixels, bytes));
    }
    if (!corrected.add(chosen.object().receptionId())) {
      throw new NotFoundException(
          "Instance " + chosen.object().sop() + " has no pixel data that can be read.");
    }
    // Not what the object says: native pixels in a compressed syntax, for example.
    usable.set(usable.indexOf(chosen), chosen.withFramesIn(pixels.transferSyntax()));
    return Optional.empty();
  }

  private void passOver(HeldEncoding rendition, String reason) {
    warn(rendition, reason);
    usable.remove(rendition);
  }

  private void warn(HeldEncoding rendition, String reason) {
    LOG.warn(
        "Rendition {} of instance {} of tenant {} is passed over for frames: {}",
        rendition.object().receptionId(),
        rendition.object().sop(),
        rendition.object().tenant(),
        reason);
  }

  private int last() {
    return Collections.max(numbers);
  }

  /** The frames of the original, which has those that are asked for. */
  private PixelFrames requireThere() throws IOException {
    HeldEncoding original = usable.getFirst();
    PixelFrames pixels = sources.pixels(original, sources.open(original, log));
    if (last() > pixels.count()) {
      throw new NotFoundException(
          "There is no frame " + last() + "; the instance has " + pixels.count() + ".");
    }
    return pixels;
  }
}
