package org.regionalpacs.wado.transcode;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.regionalpacs.codec.process.CodecProcesses;
import org.regionalpacs.codec.transcode.Codecs;
import org.regionalpacs.codec.transcode.Target;
import org.regionalpacs.codec.transcode.Transcoder;
import org.regionalpacs.codec.transcode.TranscodingRefusedException;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.messages.AccessLog;
import org.regionalpacs.messages.ConversionMessage;
import org.regionalpacs.messages.ConversionOutcome;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.RequestLog;
import org.regionalpacs.wado.web.UnavailableException;
import org.regionalpacs.wado.work.Made;
import org.springframework.stereotype.Component;

/** Transcodes whole objects, and records each. */
@Component
public class ObjectTranscoding {
  private static final String KIND = "object";

  private final TranscodeWork work;
  private final Transcoder transcoder;
  private final Consumer<ConversionMessage> log;

  ObjectTranscoding(TranscodeWork work, CodecProcesses codecs, AccessLog log) {
    this.work = work;
    this.transcoder =
        new Transcoder(
            Codecs.of(codecs::decoder, codecs::encoder), work.scratch().folder(), work.scratch());
    this.log = log::record;
  }

  /**
   * An object in another transfer syntax, without loss, whole before anything of it is sent; to be
   * closed.
   *
   * @param alone whether it is the one that was asked for, which may be wanted again
   * @throws NotAcceptableException when a frame of it never can be transcoded here
   * @throws UnavailableException when it can't be now
   * @throws TranscodingRefusedException when such an object isn't transcoded so
   * @throws IOException when it can't be read or transcoded, or the client has gone: see {@link
   *     Failures#asAnswer}
   */
  public Made make(Source source, String to, boolean alone, RequestLog request) throws IOException {
    Attributes header = source.headerIfAny();
    long frames = source.held().numberOfFrames().orElse(1);
    long expected = frames * Source.frameBytes(header);
    if (!alone) {
      return transcoded(source, header, to);
    }
    return work.remembered(
        MadeName.of(source.object(), 0, to),
        () -> expected,
        request,
        () -> transcoded(source, header, to));
  }

  private Made transcoded(Source source, Attributes header, String to) throws IOException {
    AtomicLong begun = new AtomicLong(System.nanoTime());
    long bytes = 0;
    ConversionOutcome outcome = ConversionOutcome.FAILED;
    String cause = "";
    try {
      Made made =
          work.makeObject(
              KIND,
              Source.working(header) + work.properties().maxCached().toBytes(),
              work.properties().maxObjectTime(),
              out -> {
                begun.set(System.nanoTime());
                transcoder.transcode(source.bytes(), Target.lossless(to), out);
              });
      bytes = made.length();
      outcome = ConversionOutcome.DONE;
      return made;
    } catch (IOException | RuntimeException e) {
      outcome = Failures.outcome(e);
      cause = Failures.cause(e);
      throw e;
    } finally {
      Duration took = Duration.ofNanos(System.nanoTime() - begun.get());
      work.metrics().ended(KIND, outcome, took);
      log.accept(Conversions.message(source.held(), to, took.toMillis(), bytes, outcome, cause));
    }
  }
}
