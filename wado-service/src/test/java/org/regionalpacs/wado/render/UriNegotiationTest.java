package org.regionalpacs.wado.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.wado.web.AcceptHeader;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.NotAcceptableException;

/** PS3.18 9.1.2.2.1: what is stored, what is accepted, what is sent by WADO-URI. */
class UriNegotiationTest {
  private static final String BROWSER =
      "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8";

  @ParameterizedTest(name = "{3}: {0}, accepted {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SINGLE_FRAME | ''                               | image/jpeg PICTURE        | 8.7.4 default
          SINGLE_FRAME | */*                              | image/jpeg PICTURE        | 8.7.4 default
          SINGLE_FRAME | BROWSER                          | image/jpeg PICTURE        | 8.7.4 default
          SINGLE_FRAME | image/png                        | image/png PICTURE         | 8.7.4
          SINGLE_FRAME | IMAGE/GIF                        | image/gif PICTURE         | RFC 9110 8.3.1 case
          SINGLE_FRAME | application/dicom                | object                    | 9.4
          SINGLE_FRAME | image/jpeg,application/dicom     | image/jpeg PICTURE        | 9.1.2.2.1 in order
          SINGLE_FRAME | application/dicom,image/jpeg     | object                    | 9.1.2.2.1 in order
          SINGLE_FRAME | image/jpeg;q=0.5,image/png       | image/png PICTURE         | 8.7.8 by quality
          SINGLE_FRAME | image/jp2,application/dicom      | object                    | 9.1.2.2.1 the next
          SINGLE_FRAME | video/mp4                        | 406                       | 9.5.3
          SINGLE_FRAME | multipart/related;type=image/png | 406                       | 9.5 one part only
          MULTI_FRAME  | ''                               | any object                | 8.7.4 default
          MULTI_FRAME  | */*                              | any object                | 8.7.4 default
          MULTI_FRAME  | image/jpeg                       | image/jpeg PICTURE        | 9.5.1.2.1 one of the frames
          MULTI_FRAME  | image/gif                        | image/gif ANIMATION       | 8.7.4 multi-frame
          MPEG_4       | */*                              | any object                | 8.7.4 default
          MPEG_4       | video/mp4                        | video/mp4 AS_STORED       | 8.7.4 video
          MPEG_2       | video/*                          | video/mpeg AS_STORED      | 8.7.4 video
          PDF          | ''                               | any object                | 8.7.4 default
          PDF          | application/pdf                  | application/pdf AS_STORED | 8.7.4 text
          CDA          | text/xml                         | text/xml AS_STORED        | 8.7.4 text
          CDA          | text/html                        | 406                       | 8.7.4 text
          UNDECODED    | */*                              | any object                | 8.7.8 what there is
          UNDECODED    | image/jpeg                       | 406                       | 9.5.3
          NO_IMAGE     | ''                               | any object                | 8.7.4 default
          NO_IMAGE     | image/png                        | 406                       | 9.5.3
          """)
  void givenOneObject(StoredContent content, String header, String expected, String section) {
    check(content, true, header, expected);
  }

  @ParameterizedTest(name = "{2}: an image without its codec, accepted {0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                           | any object         | 8.7.8 what there is
          */*                          | any object         | 8.7.8 what there is
          image/jpeg,*/*               | image/jpeg PICTURE | 9.1.2.2.1 in order
          image/png                    | image/png PICTURE  | 9.5.3 refused with the reason
          application/dicom            | object             | 9.4
          """)
  void givenAMissingLibrary(String header, String expected, String section) {
    check(StoredContent.SINGLE_FRAME, false, header, expected);
  }

  private static void check(
      StoredContent content, boolean decodable, String header, String expected) {
    String accept = header.equals("BROWSER") ? BROWSER : header;
    List<MediaRange> accepted = AcceptHeader.of(List.of(), List.of(accept));
    if (expected.equals("406")) {
      assertThatThrownBy(() -> UriNegotiation.of(accepted, content, decodable))
          .isInstanceOfSatisfying(
              NotAcceptableException.class,
              e -> assertThat(e.available()).contains("application/dicom"));
      return;
    }
    String chosen =
        switch (UriNegotiation.of(accepted, content, decodable)) {
          case UriNegotiation.TheObject(boolean anyhow) -> anyhow ? "any object" : "object";
          case UriNegotiation.Rendered(RenderedNegotiation.Plan plan) ->
              plan.of(content).map(how -> how.mediaType() + " " + how.action()).orElseThrow();
        };
    assertThat(chosen).isEqualTo(expected);
  }
}
