package org.regionalpacs.wado.transcode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.regionalpacs.codec.process.CodecProcesses;
import org.regionalpacs.codec.transcode.Codecs;
import org.regionalpacs.codec.transcode.FrameTranscoder;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.io.PixelFrames;
import org.regionalpacs.messages.ConversionOutcome;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.RequestLog;
import org.regionalpacs.wado.web.UnavailableException;
import org.regionalpacs.wado.work.Made;
import org.springframework.stereotype.Component;

/** Transcodes single frames; nothing else of their objects is read but the header. */
@Component
public class FrameTranscoding {
  private static final String KIND = "frame";

  private final TranscodeWork work;
  private final FrameTranscoder transcoder;

  FrameTranscoding(TranscodeWork work, CodecProcesses codecs) {
    this.work = work;
    this.transcoder = new FrameTranscoder(Codecs.of(codecs::decoder, codecs::encoder));
  }

  /**
   * A frame in another transfer syntax, without loss; to be closed.
   *
   * @param frames where the frames of the source are
   * @param frame from 1
   * @param to Explicit VR Little Endian or a compressed one
   * @throws NotAcceptableException when it can't be transcoded so
   * @throws UnavailableException when it can't be now
   * @throws IOException when its bytes can't be read, or the client has gone
   */
  public Made make(Source source, PixelFrames frames, int frame, String to, RequestLog log)
      throws IOException {
    try {
      return work.remembered(
          MadeName.of(source.object(), frame, to),
          () -> Source.frameBytes(source.header()),
          log,
          () -> transcoded(source, frames, frame, source.header(), to));
    } catch (IOException e) {
      throw Failures.asAnswer(e, to);
    }
  }

  private Made transcoded(
      Source source, PixelFrames frames, int frame, Attributes header, String to)
      throws IOException {
    AtomicLong begun = new AtomicLong(System.nanoTime());
    ConversionOutcome outcome = ConversionOutcome.DONE;
    try {
      long bytes = Source.working(header) + frames.length(frame);
      Duration most = work.properties().maxTime();
      return work.make(
          KIND,
          bytes,
          most,
          out -> {
            begun.set(System.nanoTime());
            byte[] stored = read(source, frames, frame);
            out.write(transcoder.transcode(stored, frames.transferSyntax(), header, to));
          });
    } catch (IOException | RuntimeException e) {
      outcome = Failures.outcome(e);
      throw e;
    } finally {
      work.metrics().ended(KIND, outcome, Duration.ofNanos(System.nanoTime() - begun.get()));
    }
  }

  private static byte[] read(Source source, PixelFrames frames, int frame) throws IOException {
    ByteArrayOutputStream stored = new ByteArrayOutputStream(Math.toIntExact(frames.length(frame)));
    frames.copy(source.bytes(), frame, stored);
    return stored.toByteArray();
  }
}
