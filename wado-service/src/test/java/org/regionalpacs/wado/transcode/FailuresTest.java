package org.regionalpacs.wado.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.regionalpacs.codec.CodecUnavailableException;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.codec.FailedFrameException;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.DicomFormatException;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.messages.ConversionOutcome;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.UnavailableException;

class FailuresTest {
  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(new CorruptFrameException("it is cut"), NotAcceptableException.class),
        Arguments.of(new UnsupportedImageException("it is odd"), NotAcceptableException.class),
        Arguments.of(new FailedFrameException("it crashed"), NotAcceptableException.class),
        Arguments.of(unreadable(), NotAcceptableException.class),
        Arguments.of(new CodecUnavailableException("all are busy"), UnavailableException.class));
  }

  private static DicomFormatException unreadable() {
    byte[] cut = Arrays.copyOf(("\0".repeat(128) + "DICM\2\0\20\0UI\100\0" + "1").getBytes(), 150);
    try (DicomInputStream in = DicomInputStream.ofPart10(new ByteArrayInputStream(cut))) {
      in.readDataSet();
    } catch (DicomFormatException e) {
      return e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("a cut value was read");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void givenAFailureOfTranscoding_thenTheAnswerSaysIt(IOException failure, Class<?> answer) {
    assertThatThrownBy(() -> Failures.asAnswer(failure, UID.RLELossless)).isInstanceOf(answer);
    assertThat(Failures.outcome(failure)).isEqualTo(ConversionOutcome.FAILED);
    assertThat(Failures.cause(failure)).isEqualTo(failure.getMessage());
  }

  @Test
  void givenBytesThatCanNotBeRead_thenThatStaysAsItIs() {
    IOException failure = new IOException("/a/path");

    assertThat(Failures.asAnswer(failure, UID.RLELossless)).isSameAs(failure);
    assertThat(Failures.cause(failure)).isEqualTo("IOException");
  }

  @Test
  void givenTheClientWentOrItIsRefused_thenTheRecordSaysSo() {
    assertThat(Failures.outcome(new ClientAbortException("x")))
        .isEqualTo(ConversionOutcome.CANCELLED);
    assertThat(Failures.cause(new ClientAbortException("x"))).isEqualTo("client went away");
    assertThat(Failures.outcome(new NotAcceptableException(List.of())))
        .isEqualTo(ConversionOutcome.REFUSED);
  }
}
