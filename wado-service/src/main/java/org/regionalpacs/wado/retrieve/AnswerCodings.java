package org.regionalpacs.wado.retrieve;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.regionalpacs.wado.retrieve.CodedBody.Outcome;
import org.regionalpacs.wado.retrieve.Compressors.Lent;
import org.regionalpacs.wado.web.AcceptedCodings;
import org.regionalpacs.wado.web.Conditional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Sends uncompressed pixels and values in a content coding that the client takes (RFC 9110 8.4):
 * what is slow for a reader far away is the line. Where there is no turn to begin, no memory, or
 * little to be gained, they go out as they are.
 */
@Component
final class AnswerCodings implements AutoCloseable {
  /** Bytes of a body that isn't worth the trouble. */
  private static final int FEW = 4096;

  private final CodingChoice choice;
  private final MeterRegistry meters;
  private final Compressors compressors;

  @Autowired
  AnswerCodings(RetrieveProperties properties, MeterRegistry meters) {
    this(
        properties.contentCoding(),
        new Compressors(Runtime.getRuntime().availableProcessors()),
        meters);
  }

  AnswerCodings(CodingChoice choice, Compressors compressors, MeterRegistry meters) {
    this.choice = choice;
    this.compressors = compressors;
    this.meters = meters;
    for (AnswerCoding coding : AnswerCoding.values()) {
      answers(coding, Outcome.CODED);
    }
  }

  /**
   * Sends an answer in a coding, if it may. Says in any case that it depends on what is accepted.
   *
   * @return whether it did; otherwise nothing is sent, and the answer is to be sent as it is
   */
  boolean send(HttpServletRequest request, HttpServletResponse response, PlainAnswer answer)
      throws IOException {
    vary(response);
    Optional<AnswerCoding> coding = coding(request);
    if (coding.isEmpty() || answer.length().orElse(Long.MAX_VALUE) < FEW) {
      return false;
    }
    if (request.getMethod().equals("HEAD")) {
      // Nobody knows how long GET's answer is without compressing it (RFC 9110 8.6).
      answer.ofUnknownLength().begin(response);
      return true;
    }
    Optional<Lent> lent = compressors.take(coding.get());
    Optional<ByteBuffer> chunk = lent.flatMap(_ -> compressors.takeChunk());
    if (chunk.isEmpty()) {
      lent.ifPresent(compressors::give);
      answers(coding.get(), Outcome.BUSY).increment();
      return false;
    }
    try (CodedBody body =
        new CodedBody(answer, compressors, lent.orElseThrow(), chunk.get(), response)) {
      DirectOutput.prepare(request, response);
      body.send();
      count(coding.get(), body);
    }
    return true;
  }

  /**
   * Whether the client has the answer, in whatever coding it takes: then 304 is the status, and
   * nothing is to be sent.
   *
   * @param etag of the answer as it is
   */
  boolean notModified(HttpServletRequest request, HttpServletResponse response, String etag) {
    vary(response);
    List<String> etags =
        coding(request).map(coding -> List.of(etag, coding.etag(etag))).orElse(List.of(etag));
    return Conditional.notModified(request, response, etags);
  }

  private Optional<AnswerCoding> coding(HttpServletRequest request) {
    return choice.best(AcceptedCodings.of(request), compressors::has);
  }

  private void vary(HttpServletResponse response) {
    if (choice != CodingChoice.OFF
        && !response.getHeaders(HttpHeaders.VARY).contains(HttpHeaders.ACCEPT_ENCODING)) {
      response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }
  }

  private void count(AnswerCoding coding, CodedBody body) {
    answers(coding, body.outcome()).increment();
    if (body.outcome() == Outcome.CODED) {
      bytes(coding, "before").increment(body.before());
      bytes(coding, "after").increment(body.after());
    }
  }

  private Counter answers(AnswerCoding coding, Outcome outcome) {
    return Counter.builder("pacs.retrieve.coding.answers")
        .description("Answers of uncompressed pixels and values whose readers take a coding")
        .tags("coding", coding.token(), "outcome", tag(outcome))
        .register(meters);
  }

  private static String tag(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Counter bytes(AnswerCoding coding, String when) {
    return Counter.builder("pacs.retrieve.coding.bytes")
        .description("Bytes of answers that were sent in a coding, before and after")
        .baseUnit("bytes")
        .tags("coding", coding.token(), "when", when)
        .register(meters);
  }

  @Override
  public void close() {
    compressors.close();
  }
}
