package org.regionalpacs.wado.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptHeaderTest {
  @Test
  void givenQuotedAndUnquotedParameters_thenTheyMeanTheSame() {
    MediaRange quoted =
        only("multipart/related; type=\"application/dicom\"; transfer-syntax=\"*\"");
    MediaRange unquoted = only("Multipart/Related;type=application/dicom;transfer-syntax=*");

    assertThat(quoted).isEqualTo(unquoted);
    assertThat(quoted.multipart()).isTrue();
    assertThat(quoted.wanted()).isEqualTo("application/dicom");
    assertThat(quoted.transferSyntax()).contains("*");
  }

  @Test
  void givenQualities_thenTheBestComesFirst_andZeroIsOut() {
    assertThat(parse("text/html;q=0.2, image/jpeg;q=0.9, image/png;q=0, */*;q=0.1"))
        .extracting(MediaRange::type)
        .containsExactly("image/jpeg", "text/html", "*/*");
  }

  @Test
  void givenEqualQuality_thenTheMoreExactRangeComesFirst() {
    assertThat(
            parse(
                "*/*, multipart/related; type=application/octet-stream; transfer-syntax=*,"
                    + " multipart/related; type=image/jls; transfer-syntax=1.2.840.10008.1.2.4.80"))
        .extracting(MediaRange::wanted)
        .containsExactly("image/jls", "application/octet-stream", "*/*");
  }

  @Test
  void givenAQueryParameter_thenItGoesBeforeTheHeader() {
    List<MediaRange> ranges =
        AcceptHeader.of(List.of("application/dicom json;q=0.5"), List.of("*/*"));

    assertThat(ranges)
        .extracting(MediaRange::type)
        .containsExactly("application/dicom+json", "*/*");
  }

  /** RFC 9110 12.5.1: of the ranges that cover a media type, the most exact one counts. */
  @Test
  void givenAMoreExactRange_thenTheWiderOneDoesNotCoverWhatItIsAbout() {
    List<MediaRange> ranges = parse("image/*;q=0.9, image/jpeg;q=0.1, */*;q=0.5, video/*;q=0");

    assertThat(ranges).extracting(MediaRange::type).containsExactly("image/*", "*/*", "image/jpeg");
    assertThat(ranges.getFirst().covers("image/png")).isTrue();
    assertThat(ranges.getFirst().covers("image/jpeg")).isFalse();
    assertThat(ranges.get(1).covers("application/dicom")).isTrue();
    assertThat(ranges.get(1).covers("image/jpeg")).isFalse();
    assertThat(ranges.get(1).covers("video/mp4")).isFalse();
  }

  @Test
  void givenAnEncodingThatIsNotWanted_thenTheMediaTypeIsStillCovered() {
    MediaRange any =
        parse("*/*, application/dicom;transfer-syntax=1.2.840.10008.1.2;q=0").getFirst();

    assertThat(any.covers("application/dicom")).isTrue();
  }

  @Test
  void givenNothing_thenEverythingIsAccepted() {
    assertThat(AcceptHeader.of(List.of(), List.of())).containsExactly(MediaRange.ANY);
    assertThat(parse("")).containsExactly(MediaRange.ANY);
  }

  @Test
  void givenNonsense_thenNothingIsAccepted() {
    assertThat(parse("nonsense, \"")).isEmpty();
  }

  @Test
  void givenACommaInQuotes_thenItDoesNotSplit() {
    assertThat(only("multipart/related; boundary=\"a,b;c\"").parameters())
        .containsEntry("boundary", "a,b;c");
  }

  private static MediaRange only(String text) {
    List<MediaRange> ranges = parse(text);
    assertThat(ranges).hasSize(1);
    return ranges.getFirst();
  }

  private static List<MediaRange> parse(String header) {
    return AcceptHeader.of(List.of(), List.of(header));
  }
}
