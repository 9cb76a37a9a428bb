package org.regionalpacs.wado.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.wado.render.RenderedNegotiation.Plan;
import org.regionalpacs.wado.web.AcceptHeader;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.springframework.mock.web.MockHttpServletRequest;

/** PS3.18 8.7.4, 8.7.8: what is stored, what is accepted, what is sent. */
class RenderedNegotiationTest {
  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,image/jxl,image/avif,image/webp,"
          + "image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7";

  private static List<MediaRange> accepted(String header, String parameter) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    if (!header.isEmpty()) {
      request.addHeader("Accept", header.equals("BROWSER") ? BROWSER : header);
    }
    if (!parameter.isEmpty()) {
      request.setParameter("accept", parameter);
    }
    return AcceptHeader.of(request);
  }

  @ParameterizedTest(name = "{4}: {0}, accepted {1}: {2} {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SINGLE_FRAME | */*                                  | single    | image/jpeg PICTURE        | 8.7.4 the default
          SINGLE_FRAME | ''                                   | single    | image/jpeg PICTURE        | 8.7.8 no Accept
          SINGLE_FRAME | image/png                            | single    | image/png PICTURE         | 8.7.4
          SINGLE_FRAME | image/gif                            | single    | image/gif PICTURE         | 8.7.4
          SINGLE_FRAME | image/*                              | single    | image/jpeg PICTURE        | 8.7.8 wildcard
          SINGLE_FRAME | image/jpeg;q=0.1, image/png          | single    | image/png PICTURE         | 8.7.8 by quality
          SINGLE_FRAME | image/webp, image/png;q=0.5          | single    | image/png PICTURE         | 8.7.8 the next
          SINGLE_FRAME | Image/PNG                            | single    | image/png PICTURE         | RFC 9110 8.3.1 case
          SINGLE_FRAME | image/png;Q=0.1, image/gif;q=0.2     | single    | image/gif PICTURE         | RFC 9110 12.4.2 case
          SINGLE_FRAME | image/png, image/gif                 | single    | image/png PICTURE         | 8.7.8 of equal quality the first
          SINGLE_FRAME | */*, image/jpeg;q=0                  | single    | image/png PICTURE         | RFC 9110 12.5.1 the default is not wanted
          SINGLE_FRAME | image/*;q=0.9, image/jpeg;q=0.1      | single    | image/png PICTURE         | RFC 9110 12.5.1 the more exact range counts
          SINGLE_FRAME | image/jpeg;q=0                       | 406       |                           | RFC 9110 12.4.2
          SINGLE_FRAME | image/jpeg;q=2                       | single    | image/jpeg PICTURE        | 8.7.8 a quality beyond 1
          SINGLE_FRAME | image/*;q=0.5, image/png;q=0.6       | single    | image/png PICTURE         | 8.7.8 by quality
          SINGLE_FRAME | image/jp2, image/jxl                 | 406       |                           | 8.7.4 optional ones
          SINGLE_FRAME | nonsense                             | 406       |                           | 8.7.8
          SINGLE_FRAME | multipart/*                          | multipart | image/jpeg PICTURE        | 8.7.8 wildcard
          SINGLE_FRAME | multipart/related; type=image/*      | multipart | image/jpeg PICTURE        | 8.7.8 wildcard
          SINGLE_FRAME | multipart/related; type="image/png";q=0.5, image/gif;q=0.4 | multipart | image/png PICTURE | 8.7.8 by quality
          SINGLE_FRAME | multipart/related; type=application/dicom, */*;q=0.1 | single | image/jpeg PICTURE | 8.7.8 the next
          SINGLE_FRAME | image/jpeg; transfer-syntax=1.2.840.10008.1.2.4.50 | single | image/jpeg PICTURE | 8.7.3 has no meaning here
          MULTI_FRAME  | image/*                              | single    | image/jpeg PICTURE        | 8.7.8 wildcard
          MULTI_FRAME  | multipart/related; type=image/gif    | multipart | image/gif ANIMATION       | 8.7.4 multi-frame
          MULTI_FRAME  | video/*                              | 406       |                           | 8.7.4 none is made
          MPEG_4       | VIDEO/*                              | single    | video/mp4 AS_STORED       | RFC 9110 8.3.1 case
          CDA          | text/*                               | single    | text/xml AS_STORED        | 8.7.8 wildcard
          CDA          | text/html                            | 406       |                           | 8.7.4 text
          SINGLE_FRAME | multipart/related; type="image/jpeg" | multipart | image/jpeg PICTURE        | 8.7.3 multipart
          SINGLE_FRAME | multipart/related; type=image/png    | multipart | image/png PICTURE         | 8.7.3 unquoted
          SINGLE_FRAME | multipart/related                    | multipart | image/jpeg PICTURE        | 8.7.8 any type
          SINGLE_FRAME | BROWSER                              | single    | image/jpeg PICTURE        | 8.7.8 a browser
          SINGLE_FRAME | application/dicom                    | 406       |                           | 8.7.4
          SINGLE_FRAME | video/mp4                            | 406       |                           | 8.7.4
          MULTI_FRAME  | */*                                  | single    | image/jpeg PICTURE        | 8.7.4 one stands for all
          MULTI_FRAME  | image/gif                            | single    | image/gif ANIMATION       | 8.7.4 multi-frame
          MULTI_FRAME  | multipart/related; type="image/png"  | multipart | image/png PICTURE         | 8.7.3 each a part
          MPEG_2       | */*                                  | single    | video/mpeg AS_STORED      | 8.7.4 video
          MPEG_4       | */*                                  | single    | video/mp4 AS_STORED       | 8.7.4 video
          MPEG_4       | video/mpeg, video/mp4                | single    | video/mp4 AS_STORED       | 8.7.4 video
          MPEG_4       | image/jpeg                           | 406       |                           | 8.7.4 video
          PDF          | BROWSER                              | single    | application/pdf AS_STORED | 8.7.4 text
          PDF          | image/jpeg                           | 406       |                           | 8.7.4 text
          CDA          | text/xml                             | single    | text/xml AS_STORED        | 8.7.4 text
          STL          | */*                                  | single    | model/stl AS_STORED       | 8.7.4
          OBJ          | model/obj                            | single    | model/obj AS_STORED       | 8.7.4
          MTL          | model/*                              | single    | model/mtl AS_STORED       | 8.7.4
          UNDECODED    | */*                                  | 406       |                           | 8.7.4
          NO_IMAGE     | */*                                  | 406       |                           | 8.7.4
          """)
  void givenOneInstance(
      StoredContent content, String header, String parts, String representation, String section) {
    List<MediaRange> accepted = accepted(header, "");
    if (parts.equals("406")) {
      assertThatThrownBy(() -> RenderedNegotiation.one(accepted, content))
          .isInstanceOfSatisfying(
              NotAcceptableException.class, e -> assertThat(e.available()).isNotEmpty());
      return;
    }
    Plan plan = RenderedNegotiation.one(accepted, content);
    var how = plan.of(content).orElseThrow();
    assertThat(how.mediaType() + " " + how.action()).isEqualTo(representation);
    assertThat(plan.multipart()).isEqualTo(parts.equals("multipart"));
  }

  @ParameterizedTest(name = "{3}: {0}, accepted {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SINGLE_FRAME SINGLE_FRAME | */*                                  | multipart | 8.7.8 wildcard
          SINGLE_FRAME NO_IMAGE     | multipart/related; type="image/jpeg" | multipart | 8.7.3 the rest is left out
          PDF SINGLE_FRAME          | multipart/related; type=application/pdf | multipart | 8.7.3 the rest is left out
          SINGLE_FRAME SINGLE_FRAME | image/gif                            | single    | 8.7.4 one that moves
          SINGLE_FRAME MULTI_FRAME  | image/jpeg, image/gif;q=0.5          | single    | 8.7.8 the next
          SINGLE_FRAME SINGLE_FRAME | ''                                   | multipart | 8.7.8 no Accept
          SINGLE_FRAME SINGLE_FRAME | image/*                              | single    | 8.7.8 only one that moves is one part
          SINGLE_FRAME SINGLE_FRAME | multipart/related; type=image/gif    | multipart | 8.7.3 each a part
          SINGLE_FRAME SINGLE_FRAME | multipart/related; type=image/png;q=0.1, image/gif | single | 8.7.8 by quality
          MPEG_4 SINGLE_FRAME       | multipart/related; type=video/mp4    | multipart | 8.7.3 the rest is left out
          SINGLE_FRAME SINGLE_FRAME | image/jpeg                           | 406       | 8.7.3 several need parts
          PDF PDF                   | image/gif                            | 406       | 8.7.4
          NO_IMAGE UNDECODED        | */*                                  | 406       | 8.7.4
          """)
  void givenSeveral(String contents, String header, String parts, String section) {
    List<StoredContent> stored =
        Arrays.stream(contents.split(" ")).map(StoredContent::valueOf).toList();
    List<MediaRange> accepted = accepted(header, "");
    if (parts.equals("406")) {
      assertThatThrownBy(() -> RenderedNegotiation.several(accepted, stored))
          .isInstanceOf(NotAcceptableException.class);
    } else {
      assertThat(RenderedNegotiation.several(accepted, stored).multipart())
          .isEqualTo(parts.equals("multipart"));
    }
  }

  /** PS3.18 8.7.8, for the one picture that a thumbnail is. */
  @ParameterizedTest(name = "{2}: accepted {0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                  | image/jpeg           | 10.4.1.1.7 the default
          */*                                 | image/jpeg           | 8.7.8 wildcard
          image/*                             | image/jpeg           | 8.7.8 wildcard
          image/gif;q=0.1, image/png;q=0.2    | image/png            | 8.7.8 by quality
          BROWSER                             | image/jpeg           | 8.7.8 a browser
          multipart/related; type=image/gif   | multipart image/gif  | 8.7.3 multipart
          multipart/related, image/png;q=0.1  | multipart image/jpeg | 8.7.8 any type
          application/dicom, image/png;q=0.1  | image/png            | 8.7.8 the next
          application/dicom                   | 406                  | 10.4.3
          video/mp4                           | 406                  | 10.4.3
          image/*;q=0                         | 406                  | RFC 9110 12.4.2
          """)
  void givenAThumbnail(String header, String expected, String section) {
    List<MediaRange> accepted = accepted(header, "");
    if (expected.equals("406")) {
      assertThatThrownBy(() -> RenderedNegotiation.thumbnail(accepted))
          .isInstanceOf(NotAcceptableException.class);
      return;
    }
    Plan plan = RenderedNegotiation.thumbnail(accepted);
    String type = plan.of(StoredContent.SINGLE_FRAME).orElseThrow().mediaType();
    assertThat((plan.multipart() ? "multipart " : "") + type).isEqualTo(expected);
  }

  /** PS3.18 8.7.8: the parameter's ranges, then the header's. */
  @ParameterizedTest(name = "8.7.8: accept={0}, Accept {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          image/png;q=0.1          | image/jpeg     | image/png
          image/jp2                | image/gif      | image/gif
          image/*                  | image/png      | image/jpeg
          */*                      | image/png      | image/jpeg
          IMAGE/GIF                | */*            | image/gif
          'image/jp2,image/png'    | ''             | image/png
          """)
  void givenAParameterAndAHeader(String parameter, String header, String type) {
    Plan plan = RenderedNegotiation.one(accepted(header, parameter), StoredContent.SINGLE_FRAME);

    assertThat(plan.of(StoredContent.SINGLE_FRAME).orElseThrow().mediaType()).isEqualTo(type);
  }

  @ParameterizedTest(name = "8.3.3.1: accept={0}")
  @CsvSource({"image/png", "'image/png;q=0.5'", "'\"image/png\"'"})
  void givenTheAcceptParameter_thenItGoesBeforeTheHeader(String parameter) {
    Plan plan =
        RenderedNegotiation.one(accepted("image/jpeg", parameter), StoredContent.SINGLE_FRAME);

    assertThat(plan.of(StoredContent.SINGLE_FRAME).orElseThrow().mediaType())
        .isEqualTo("image/png");
  }

  @Test
  void givenPixelsThatAreNotDecoded_thenTheAnswerSaysWhatCanBeHad() {
    assertThatThrownBy(() -> RenderedNegotiation.one(accepted("*/*", ""), StoredContent.UNDECODED))
        .hasMessageContaining("transfer syntax can't be rendered")
        .hasMessageContaining("application/dicom");
  }
}
