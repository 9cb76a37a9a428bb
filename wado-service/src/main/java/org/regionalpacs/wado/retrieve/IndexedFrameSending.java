package org.regionalpacs.wado.retrieve;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.io.PixelFrames;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.metadata.SeriesKey;
import org.regionalpacs.wado.retrieve.IndexedSeries.Instance;
import org.regionalpacs.wado.retrieve.StoredPlans.StoredPlan;
import org.regionalpacs.wado.web.BodySource;
import org.regionalpacs.wado.web.MultipartBody;
import org.regionalpacs.wado.web.Part;
import org.regionalpacs.wado.web.RequestLog;
import org.regionalpacs.wado.web.Responses;
import org.springframework.stereotype.Component;

/**
 * Sends frames that lie in a file on this host as they go out: the series' index says where, and
 * nothing of the object is read but them.
 */
@Component
class IndexedFrameSending {
  private final FrameIndexes indexes;
  private final AnswerCodings codings;
  private final StoredPlans plans = new StoredPlans();
  private final Counter sent;
  private final Counter passed;

  IndexedFrameSending(FrameIndexes indexes, AnswerCodings codings, MeterRegistry meters) {
    this.indexes = indexes;
    this.codings = codings;
    this.sent = counter("index", meters);
    this.passed = counter("object", meters);
  }

  private static Counter counter(String by, MeterRegistry meters) {
    return Counter.builder("pacs.retrieve.frame.requests")
        .description("Requests for frames, by what told where they are")
        .tag("by", by)
        .register(meters);
  }

  /**
   * Sends frames, if it can: they are known, lie here, and the best way that is accepted is to send
   * them as they are.
   *
   * @param numbers of the frames
   * @return whether it did; otherwise nothing is sent or said, and the object is to be looked at
   */
  boolean send(
      SeriesKey series,
      String sop,
      List<Integer> numbers,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Optional<IndexedSeries> index = indexes.present(series);
    Optional<Instance> instance = index.flatMap(known -> known.instance(sop));
    Optional<StoredPlan> plan =
        instance
            .filter(known -> Collections.max(numbers) <= known.frames().count())
            .flatMap(known -> plans.ofOriginal(request, numbers.size(), known.encodings()));
    if (plan.isPresent()) {
      Optional<FileChannel> opened = open(index.get(), instance.get());
      if (opened.isPresent()) {
        try (FileChannel file = opened.get()) {
          RequestLog.of(request).servedFrom(ObjectLocation.ONLINE);
          // Before it is: who has the answer may look at what was counted.
          sent.increment();
          send(plan.get(), instance.get().frames(), file, numbers, request, response);
        }
        return true;
      }
    }
    passed.increment();
    return false;
  }

  /** The object was looked at, as the index didn't help. */
  void found(InstanceObject instance) {
    indexes.found(instance);
  }

  private static Optional<FileChannel> open(IndexedSeries series, Instance instance)
      throws IOException {
    Optional<OnlineFile> file = series.file(instance.receptionId());
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Optional<FileChannel> opened = file.get().open();
    if (opened.isEmpty()) {
      series.lost(instance.receptionId(), file.get());
    }
    return opened;
  }

  private void send(
      StoredPlan plan,
      PixelFrames frames,
      FileChannel file,
      List<Integer> numbers,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    List<Part> parts = numbers.stream().map(number -> part(plan, frames, file, number)).toList();
    PlainAnswer answer =
        plan.multipart()
            ? PlainAnswer.of(new MultipartBody(plan.mediaType(), parts))
            : PlainAnswer.of(parts.getFirst());
    if (!frames.encapsulated() && codings.send(request, response, answer)) {
      return;
    }
    DirectOutput.prepare(request, response);
    Responses.send(
        request, response, answer.contentType(), answer.length(), direct(response, answer.body()));
  }

  private static BodySource direct(HttpServletResponse response, BodySource body) {
    return _ -> DirectOutput.send(body, response.getOutputStream());
  }

  /** To be written to a {@link DirectOutput}. */
  private static Part part(StoredPlan plan, PixelFrames frames, FileChannel file, int number) {
    List<BulkData> pieces = frames.asTheyLie(number).orElseThrow();
    return new Part(
        plan.contentType(),
        OptionalLong.of(frames.length(number)),
        out -> {
          DirectOutput direct = (DirectOutput) out;
          for (BulkData piece : pieces) {
            direct.write(file, piece.offset(), piece.length());
          }
        });
  }
}
