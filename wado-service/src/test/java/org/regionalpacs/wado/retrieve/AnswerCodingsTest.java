package org.regionalpacs.wado.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.wado.retrieve.Compressors.Lent;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class AnswerCodingsTest {
  private static final String ETAG = "\"version\"";
  private static final Duration SOON = Duration.ofSeconds(60);

  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/frames/1");
  private final MockHttpServletResponse response = new MockHttpServletResponse();
  private Compressors compressors = new Compressors(2);

  @AfterEach
  void nothingIsKept() {
    assertThat(compressors.isIdle()).isTrue();
    compressors.close();
  }

  private boolean send(CodingChoice choice, String accepted, PlainAnswer answer)
      throws IOException {
    request.addHeader("Accept-Encoding", accepted);
    return new AnswerCodings(choice, compressors, meters).send(request, response, answer);
  }

  private static PlainAnswer answer(byte[] body, boolean known) {
    OptionalLong length = known ? OptionalLong.of(body.length) : OptionalLong.empty();
    return new PlainAnswer("image/x", length, out -> out.write(body), Optional.of(ETAG));
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(length).nextBytes(noise);
    return noise;
  }

  private double counted(String coding, String outcome) {
    return meters
        .get("pacs.retrieve.coding.answers")
        .tags("coding", coding, "outcome", outcome)
        .counter()
        .count();
  }

  @ParameterizedTest(name = "{0} {1} bytes")
  @CsvSource({
    "ZSTD, 4096",
    "ZSTD, 131072",
    "ZSTD, 525000",
    "ZSTD, 4194304",
    "GZIP, 4096",
    "GZIP, 525000"
  })
  void givenAnImage_whenTaken_thenItGoesOutSmallerWithItsLengthAndATagOfItsOwn(
      AnswerCoding coding, int length) throws IOException {
    byte[] image = CompressorTest.image(length, 1);
    response.addHeader("Vary", "Origin");

    assertThat(send(CodingChoice.AUTO, coding.token(), answer(image, true))).isTrue();

    byte[] sent = response.getContentAsByteArray();
    assertThat(sent.length).isLessThan(length * 3 / 4);
    assertThat(CompressorTest.decoded(coding, sent)).isEqualTo(image);
    assertThat(response.getHeader("Content-Length")).isEqualTo("" + sent.length);
    assertThat(response.getHeader("Content-Encoding")).isEqualTo(coding.token());
    assertThat(response.getHeader("Content-Type")).isEqualTo("image/x");
    assertThat(response.getHeader("ETag")).isEqualTo("\"version-" + coding.token() + "\"");
    assertThat(response.getHeader("Accept-Ranges")).isNull();
    assertThat(response.getHeaders("Vary")).containsExactly("Origin", "Accept-Encoding");
    assertThat(counted(coding.token(), "coded")).isEqualTo(1);
    assertThat(bytes(coding, "before")).isEqualTo(length);
    assertThat(bytes(coding, "after")).isEqualTo(sent.length);
  }

  private double bytes(AnswerCoding coding, String when) {
    return meters
        .get("pacs.retrieve.coding.bytes")
        .tags("coding", coding.token(), "when", when)
        .counter()
        .count();
  }

  @ParameterizedTest
  @EnumSource
  void givenALongBodyOrOneOfUnknownLength_thenItIsSentAsItIsCompressed(AnswerCoding coding)
      throws IOException {
    for (boolean known : new boolean[] {true, false}) {
      byte[] image = CompressorTest.image(known ? 9_000_000 : 600_000, 1);
      MockHttpServletResponse answered = new MockHttpServletResponse();
      request.removeHeader("Accept-Encoding");
      request.addHeader("Accept-Encoding", coding.token());

      new AnswerCodings(CodingChoice.AUTO, compressors, meters)
          .send(request, answered, answer(image, known));

      assertThat(CompressorTest.decoded(coding, answered.getContentAsByteArray())).isEqualTo(image);
      assertThat(answered.getHeader("Content-Encoding")).isEqualTo(coding.token());
      assertThat(answered.getHeader("Content-Length")).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4096, 525_000, 9_000_000})
  void givenNoise_thenItGoesOutAsItIs(int length) throws IOException {
    byte[] noise = noise(length);

    assertThat(send(CodingChoice.AUTO, "zstd", answer(noise, true))).isTrue();

    assertSentAsItIs(noise);
    assertThat(counted("zstd", "not-worth-it")).isEqualTo(1);
  }

  private void assertSentAsItIs(byte[] body) {
    assertThat(response.getContentAsByteArray()).isEqualTo(body);
    assertThat(response.getHeader("Content-Encoding")).isNull();
    assertThat(response.getHeader("Content-Length")).isEqualTo("" + body.length);
    assertThat(response.getHeader("ETag")).isEqualTo(ETAG);
    assertThat(response.getHeader("Accept-Ranges")).isEqualTo("bytes");
    assertThat(response.getHeaders("Vary")).containsExactly("Accept-Encoding");
  }

  @Test
  void givenNoiseBehindAnImage_thenAllOfItIsThere() throws IOException {
    byte[] mixed = CompressorTest.image(3_000_000, 1);
    System.arraycopy(noise(2_000_000), 0, mixed, 500_000, 2_000_000);

    send(CodingChoice.AUTO, "zstd", answer(mixed, true));

    assertThat(CompressorTest.decoded(AnswerCoding.ZSTD, response.getContentAsByteArray()))
        .isEqualTo(mixed);
  }

  @Test
  void givenBusyProcessors_thenItGoesOutAsItIsAtOnce() throws IOException {
    assertThat(compressors.turns().now(AnswerCoding.ZSTD)).isTrue();
    byte[] image = CompressorTest.image(525_000, 1);

    assertThat(send(CodingChoice.AUTO, "zstd", answer(image, true))).isTrue();

    assertSentAsItIs(image);
    assertThat(counted("zstd", "busy")).isEqualTo(1);
    compressors.turns().end(AnswerCoding.ZSTD);
  }

  /** As many compress at the same time as virtual threads have processors. */
  @ParameterizedTest
  @EnumSource
  void givenRequestsOnVirtualThreads_whenTheyKeepTheProcessorsBusy_thenSomeGoOutAsTheyAre(
      AnswerCoding coding) throws InterruptedException {
    int processors = Runtime.getRuntime().availableProcessors();
    Assumptions.assumeTrue(processors > 1, "one processor runs one request at a time");
    compressors = new Compressors(processors);
    AnswerCodings codings = new AnswerCodings(CodingChoice.AUTO, compressors, meters);
    byte[] image = CompressorTest.image(131_072, 1);
    long end = System.nanoTime() + SOON.toNanos();
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < processors + 8; i++) {
      readers.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (busy(coding) == 0 && System.nanoTime() < end && failures.isEmpty()) {
                    MockHttpServletRequest read = new MockHttpServletRequest("GET", "/frames/1");
                    read.addHeader("Accept-Encoding", coding.token());
                    codings.send(read, new MockHttpServletResponse(), answer(image, true));
                  }
                } catch (IOException | RuntimeException | Error e) {
                  failures.add(e);
                }
              }));
    }
    for (Thread reader : readers) {
      reader.join();
    }

    assertThat(failures).isEmpty();
    assertThat(busy(coding)).isPositive();
  }

  /** Those that had no turn: there is a compressor for each reader. */
  private double busy(AnswerCoding coding) {
    Counter busy =
        meters
            .find("pacs.retrieve.coding.answers")
            .tags("coding", coding.token(), "outcome", "busy")
            .counter();
    return busy == null ? 0 : busy.count();
  }

  @ParameterizedTest(name = "nothing from buffer {0} on")
  @ValueSource(ints = {0, 1})
  void givenNoMemory_thenItIsLeftToTheCallerAndNothingIsLost(int buffers) throws IOException {
    AtomicInteger left = new AtomicInteger(buffers);
    compressors =
        new Compressors(
            2,
            size -> {
              if (left.getAndDecrement() <= 0) {
                throw new OutOfMemoryError("Cannot reserve " + size + " bytes");
              }
              return ByteBuffer.allocateDirect(size);
            });

    assertThat(send(CodingChoice.AUTO, "zstd", answer(new byte[525_000], true))).isFalse();

    assertThat(compressors.isIdle()).isTrue();
    assertThat(response.getContentAsByteArray()).isEmpty();
    assertThat(counted("zstd", "busy")).isEqualTo(1);
  }

  @Test
  void givenAResponseThatIsGone_thenWhatItsAnswerTookIsFree() {
    MockHttpServletResponse gone =
        new MockHttpServletResponse() {
          @Override
          public void setBufferSize(int size) {
            throw new IllegalStateException("committed");
          }
        };
    request.addHeader("Accept-Encoding", "zstd");

    assertThatThrownBy(() ->
            new AnswerCodings(CodingChoice.AUTO, compressors, meters)
                .send(request, gone, answer(CompressorTest.image(525_000, 1), true)))
        .hasMessage("committed");
  }

  @Test
  void givenAHead_whenGetMayBeCoded_thenItTellsNoLength() throws IOException {
    request.setMethod("HEAD");

    assertThat(send(CodingChoice.AUTO, "zstd", answer(new byte[525_000], true))).isTrue();

    assertThat(response.getContentAsByteArray()).isEmpty();
    assertThat(response.getHeader("Content-Length")).isNull();
    assertThat(response.getHeader("Content-Encoding")).isNull();
    assertThat(response.getHeader("Content-Type")).isEqualTo("image/x");
    assertThat(response.getHeaders("Vary")).containsExactly("Accept-Encoding");
  }

  @Test
  void givenAllCompressorsInUse_thenItIsLeftToTheCaller() throws IOException {
    List<Lent> others = new ArrayList<>();
    Optional<Lent> more = compressors.take(AnswerCoding.GZIP);
    while (more.isPresent()) {
      others.add(more.get());
      more = compressors.take(AnswerCoding.GZIP);
    }
    assertThat(others).hasSize(18);

    assertThat(send(CodingChoice.AUTO, "zstd", answer(new byte[525_000], true))).isFalse();

    assertThat(response.getContentAsByteArray()).isEmpty();
    assertThat(counted("zstd", "busy")).isEqualTo(1);
    others.forEach(compressors::give);
  }

  @Test
  void givenAlmostNoChunksLeft_thenAShortBodyIsSentAsItIsCompressedToo() throws IOException {
    List<ByteBuffer> others = new ArrayList<>();
    for (int i = 0; i < 255; i++) {
      others.add(compressors.takeChunk().orElseThrow());
    }
    byte[] image = CompressorTest.image(2_000_000, 1);

    assertThat(send(CodingChoice.AUTO, "zstd", answer(image, true))).isTrue();

    assertThat(CompressorTest.decoded(AnswerCoding.ZSTD, response.getContentAsByteArray()))
        .isEqualTo(image);
    assertThat(response.getHeader("Content-Length")).isNull();
    others.add(compressors.takeChunk().orElseThrow());
    assertThat(
            new AnswerCodings(CodingChoice.AUTO, compressors, meters)
                .send(request, response, answer(image, true)))
        .isFalse();
    others.forEach(compressors::giveChunk);
  }

  @ParameterizedTest(name = "{0} {1} {2} {3} bytes")
  @CsvSource({
    "AUTO, GET, 'zstd;q=0, identity', 525000, true",
    "AUTO, GET, 'br', 525000, true",
    "AUTO, GET, 'zstd', 4095, true",
    "AUTO, HEAD, 'zstd', 4095, true",
    "AUTO, HEAD, 'br', 525000, true",
    "OFF, GET, 'zstd', 525000, false"
  })
  void givenWhatIsNotToBeCompressed_thenItIsLeftToTheCaller(
      CodingChoice choice, String method, String accepted, int length, boolean varies)
      throws IOException {
    request.setMethod(method);

    assertThat(send(choice, accepted, answer(new byte[length], true))).isFalse();

    assertThat(response.getContentAsByteArray()).isEmpty();
    assertThat(response.getHeaders("Vary")).hasSize(varies ? 1 : 0);
    assertThat(response.getHeader("Content-Encoding")).isNull();
  }

  @Test
  void givenABodyThatFails_thenNothingWasSaidYet() {
    PlainAnswer failing =
        new PlainAnswer(
            "image/x",
            OptionalLong.of(525_000),
            out -> {
              out.write(CompressorTest.image(300_000, 1));
              throw new IOException("the archive is away");
            },
            Optional.of(ETAG));

    assertThatThrownBy(() -> send(CodingChoice.AUTO, "zstd", failing)).hasMessageContaining("away");

    assertThat(response.isCommitted()).isFalse();
    assertThat(response.getHeader("Content-Encoding")).isNull();
    assertThat(response.getHeader("ETag")).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {525_000, 3_000_000, 9_000_000})
  void givenAClientThatGoes_thenWhatItsAnswerTookIsFree(int length) {
    MockHttpServletResponse gone =
        new MockHttpServletResponse() {
          @Override
          public ServletOutputStream getOutputStream() {
            return new Closed();
          }
        };
    request.addHeader("Accept-Encoding", "zstd");

    assertThatThrownBy(() ->
            new AnswerCodings(CodingChoice.AUTO, compressors, meters)
                .send(request, gone, answer(CompressorTest.image(length, 1), true)))
        .hasMessage("gone");
  }

  /** A connection that breaks with the second write. */
  private static final class Closed extends ServletOutputStream {
    private int writes;

    @Override
    public void write(ByteBuffer buffer) throws IOException {
      if (++writes == 2) {
        throw new IOException("gone");
      }
    }

    @Override
    public void write(int b) {
      throw new AssertionError("byte by byte");
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new AssertionError("nobody waits");
    }
  }

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource({
    "'\"version\"', zstd, '\"version\"'",
    "'\"version-zstd\"', zstd, '\"version-zstd\"'",
    "'W/\"other\", W/\"version-zstd\"', 'gzip, zstd', '\"version-zstd\"'",
    "'\"version-gzip\"', gzip, '\"version-gzip\"'",
    "'*', zstd, '\"version\"'",
    "'\"version-gzip\"', zstd, -",
    "'\"version-zstd\"', identity, -",
    "'\"other\"', zstd, -"
  })
  void givenWhatTheClientHas_thenItHasItInTheCodingItTakesOrNone(
      String known, String accepted, String etag) {
    request.addHeader("If-None-Match", known);
    request.addHeader("Accept-Encoding", accepted);

    boolean same =
        new AnswerCodings(CodingChoice.AUTO, compressors, meters)
            .notModified(request, response, ETAG);

    assertThat(same).isEqualTo(!etag.equals("-"));
    assertThat(response.getStatus()).isEqualTo(same ? 304 : 200);
    assertThat(response.getHeader("ETag")).isEqualTo(same ? etag : ETAG);
    assertThat(response.getHeaders("Vary")).containsExactly("Accept-Encoding");
  }
}
