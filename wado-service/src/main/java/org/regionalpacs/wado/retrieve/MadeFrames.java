package org.regionalpacs.wado.retrieve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.wado.transcode.FrameTranscoding;
import org.regionalpacs.wado.transcode.Source;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.Part;
import org.regionalpacs.wado.web.RequestLog;
import org.regionalpacs.wado.work.Made;

/** Frames that are transcoded one by one, each after the one before was sent. */
final class MadeFrames implements Iterator<Part>, AutoCloseable {
  private final OpenedFrames opened;
  private final FrameTranscoding transcoding;
  private final Iterator<Integer> numbers;
  private final RequestLog log;
  private final Source source;
  private Optional<Made> current = Optional.empty();
  private Optional<Part> ready = Optional.empty();

  MadeFrames(
      InstanceObject object,
      OpenedFrames opened,
      FrameTranscoding transcoding,
      List<Integer> numbers,
      RequestLog log) {
    this.opened = opened;
    this.transcoding = transcoding;
    this.numbers = numbers.iterator();
    this.log = log;
    this.source = new Source(object, opened.plan().encoding().object(), opened.bytes());
  }

  FrameNegotiation.Plan plan() {
    return opened.plan();
  }

  @Override
  public boolean hasNext() {
    return ready.isPresent() || numbers.hasNext();
  }

  @Override
  public Part next() {
    try {
      return made();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes the first one.
   *
   * @throws NotAcceptableException when it can't be made
   */
  void prepare() throws IOException {
    ready = Optional.of(make());
  }

  /** The next one, for who isn't an iterator's user. */
  Part made() throws IOException {
    Part part = ready.isPresent() ? ready.get() : make();
    ready = Optional.empty();
    return part;
  }

  private Part make() throws IOException {
    close();
    Made made =
        transcoding.make(source, opened.pixels(), numbers.next(), plan().transferSyntax(), log);
    current = Optional.of(made);
    return new Part(plan().contentType(), OptionalLong.of(made.length()), made::copyTo);
  }

  /** Frees what was made last. */
  @Override
  public void close() throws IOException {
    if (current.isPresent()) {
      current.get().close();
      current = Optional.empty();
    }
  }
}
