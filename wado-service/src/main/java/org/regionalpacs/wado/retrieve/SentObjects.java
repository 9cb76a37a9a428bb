package org.regionalpacs.wado.retrieve;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.connector.ClientAbortException;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.transcode.FrameTranscodingException;
import org.regionalpacs.codec.transcode.TranscodingException;
import org.regionalpacs.codec.transcode.TranscodingRefusedException;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.wado.retrieve.ObjectNegotiation.Choice;
import org.regionalpacs.wado.retrieve.ObjectSending.Ready;
import org.regionalpacs.wado.transcode.Failures;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.Part;
import org.regionalpacs.wado.web.RequestLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects that are made ready one by one, each after the one before was sent. What can't be sent in
 * the best way is sent in the next one that is accepted.
 */
final class SentObjects implements Iterator<Part>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SentObjects.class);

  private final ObjectSending sending;
  private final List<ObjectPlan> plans;
  private final boolean alone;
  private final RequestLog log;
  private final Iterator<ObjectPlan> next;
  private Closeable current = () -> {};

  SentObjects(ObjectSending sending, List<ObjectPlan> plans, boolean alone, RequestLog log) {
    this.sending = sending;
    this.plans = plans;
    this.alone = alone;
    this.log = log;
    this.next = plans.iterator();
  }

  /** Whether what is sent is certain, so that its length can be told. */
  boolean isKnownBeforehand() {
    return plans.stream().allMatch(ObjectPlan::isKnownBeforehand);
  }

  /** Of the only one, as planned. */
  String contentType() {
    return ObjectSending.contentType(plans.getFirst().best());
  }

  /**
   * Before the first byte goes out, so that there is still a status to say it with. The bytes of
   * the first object are only asked for when none go out: else their being sent is the test.
   */
  void checkReachable(boolean head) throws IOException {
    for (ObjectPlan plan : plans) {
      if (plan.best().encoding().isOriginal()) {
        sending.open(plan.object(), alone, log).size();
      }
    }
    if (head && plans.getFirst().best().encoding().isOriginal()) {
      sending.open(plans.getFirst().object(), alone, log).open(0, 0).close();
    }
  }

  /** All at once, of what is known beforehand. */
  List<Part> all() {
    List<Part> parts = new ArrayList<>();
    forEachRemaining(parts::add);
    return parts;
  }

  @Override
  public boolean hasNext() {
    return next.hasNext();
  }

  @Override
  public Part next() {
    try {
      return made();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next one, for who isn't an iterator's user. */
  Part made() throws IOException {
    close();
    Ready ready = ready(next.next());
    current = ready.held();
    return ready.part();
  }

  private Ready ready(ObjectPlan plan) throws IOException {
    Optional<RuntimeException> refused = Optional.empty();
    for (Choice choice : plan.choices()) {
      try {
        return prepared(plan, choice);
      } catch (NotAcceptableException e) {
        refused = refused.or(() -> Optional.of(e));
      } catch (ClientAbortException e) {
        throw e;
      } catch (IOException e) {
        if (choice.encoding().isOriginal()) {
          throw e;
        }
        LOG.warn(
            "Rendition {} of instance {} can't be read, the original goes out: {}",
            choice.encoding().object().receptionId(),
            plan.object().sop(),
            e.getMessage());
      }
    }
    throw refused.orElseGet(() ->
        new NotAcceptableException(
            "No encoding of it that is accepted can be read", ObjectNegotiation.AS_STORED));
  }

  private Ready prepared(ObjectPlan plan, Choice choice) throws IOException {
    try {
      return sending.prepare(plan.object(), choice, alone, log);
    } catch (TranscodingException e) {
      if (!alone && choice.encoding().isNative() && isNeverCompressed(e)) {
        return sending.prepare(plan.object(), plain(choice), false, log);
      }
      throw Failures.asAnswer(e, choice.syntax());
    } catch (IOException e) {
      throw choice.action() == ObjectAction.TRANSCODE ? Failures.asAnswer(e, choice.syntax()) : e;
    }
  }

  /**
   * A report among images, a segmentation of single bits, a dose, samples with bits that would be
   * lost: compression isn't for it, today or tomorrow, and nobody else is to go without for that.
   */
  private static boolean isNeverCompressed(TranscodingException failure) {
    return switch (failure) {
      case TranscodingRefusedException refused ->
          switch (refused.reason()) {
            case NO_FRAMES, FLOATING_POINT, PIXELS_ELSEWHERE, UNSUPPORTED_IMAGE -> true;
            case NO_DECODER, NO_ENCODER, VIDEO, TOO_LONG, SHOWN_WRONG -> false;
          };
      case FrameTranscodingException frame -> frame.getCause() instanceof UnsupportedImageException;
    };
  }

  private static Choice plain(Choice choice) {
    boolean explicit = choice.encoding().transferSyntax().equals(UID.ExplicitVRLittleEndian);
    return new Choice(
        choice.encoding(),
        explicit ? ObjectAction.SEND_AS_STORED : ObjectAction.RECODE,
        UID.ExplicitVRLittleEndian,
        choice.packaging(),
        true);
  }

  /** Frees what was made ready last. */
  @Override
  public void close() throws IOException {
    current.close();
    current = () -> {};
  }
}
