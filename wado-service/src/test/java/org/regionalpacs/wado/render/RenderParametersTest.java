package org.regionalpacs.wado.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.codec.display.VoiFunction;
import org.regionalpacs.codec.display.Window;
import org.regionalpacs.wado.web.BadParameterException;
import org.regionalpacs.wado.web.UnavailableException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;

class RenderParametersTest {
  private static final RenderProperties PROPERTIES =
      new RenderProperties(
          DataSize.ofMegabytes(8),
          2,
          8,
          Duration.ofSeconds(1),
          Duration.ofSeconds(9),
          10_000,
          64,
          85,
          DataSize.ofMegabytes(1));

  private static RenderParameters parse(String name, String... values) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setParameter(name, values);
    return RenderParameters.of(request, PROPERTIES);
  }

  @ParameterizedTest(name = "{2}: {0}={1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          viewport   | 100                   | 8.3.5.1.3
          viewport   | 0,10                  | 8.3.5.1.3
          viewport   | -5,10                 | 8.3.5.1.3
          viewport   | 5.5,10                | 8.3.5.1.3
          viewport   | 101,100               | 8.3.5.1.3 too large
          viewport   | 999999,999999         | 8.3.5.1.3 too large
          viewport   | 9999999999,1          | 8.3.5.1.3 too large
          viewport   | 10,10,-1,0            | 8.3.5.1.3
          viewport   | 10,10,0,0,0,5         | 8.3.5.1.3
          viewport   | 10,10,a,0             | 8.3.5.1.3
          viewport   | 10,10,NaN,0           | 8.3.5.1.3
          viewport   | 10,10,0,0,5,5,5       | 8.3.5.1.3
          viewport   | ''                    | 8.3.5.1.3
          window     | 40                    | 8.3.5.1.4
          window     | 40,0.5,linear         | 8.3.5.1.4
          window     | 40,0,linear-exact     | 8.3.5.1.4
          window     | 40,-1,sigmoid         | 8.3.5.1.4
          window     | 40,400,cubic          | 8.3.5.1.4
          window     | a,400,linear          | 8.3.5.1.4
          window     | 0x1p3,400,linear      | 8.3.5.1.4
          window     | NaN,400,linear        | 8.3.5.1.4
          window     | ,400,linear           | 8.3.5.1.4
          window     | 1e99,1e99,linear,4    | 8.3.5.1.4
          quality    | 0                     | 8.3.5.1.2
          quality    | 101                   | 8.3.5.1.2
          quality    | best                  | 8.3.5.1.2
          annotation | physician             | 8.3.5.1.1
          annotation | ''                    | 8.3.5.1.1
          annotation | patient,              | 8.3.5.1.1
          """)
  void givenAValueThatCanNotBe_thenItIsRefusedByName(String name, String value, String section) {
    assertThatThrownBy(() -> parse(name, value))
        .isInstanceOfSatisfying(
            BadParameterException.class, e -> assertThat(e.parameter()).isEqualTo(name));
  }

  @Test
  void givenAParameterTwice_thenItIsRefusedByName() {
    assertThatThrownBy(() -> parse("quality", "10", "20"))
        .isInstanceOfSatisfying(
            BadParameterException.class, e -> assertThat(e.parameter()).isEqualTo("quality"));
  }

  @Test
  void givenWindows_thenTheyAreRead() {
    assertThat(parse("window", "40,400,linear").window())
        .hasValue(new Window(40, 400, VoiFunction.LINEAR));
    assertThat(parse("window", "-0.5,1e-3,linear-exact").window())
        .hasValue(new Window(-0.5, 0.001, VoiFunction.LINEAR_EXACT));
    assertThat(parse("window", "40,0.5,sigmoid").window())
        .hasValue(new Window(40, 0.5, VoiFunction.SIGMOID));
    assertThat(parse("window", "40,400").window())
        .hasValue(new Window(40, 400, VoiFunction.LINEAR));
  }

  @Test
  void givenViewports_thenRegionsMayBeLeftOut() {
    assertThat(parse("viewport", "10,20").viewport()).hasValue(Viewport.of(10, 20));
    assertThat(parse("viewport", "10,20,,,-5,").viewport())
        .hasValue(new Viewport(10, 20, new Region.Pixels(0, 0, -5, 0)));
    assertThat(parse("viewport", "10,20,1.5,2,3,-4").viewport())
        .hasValue(new Viewport(10, 20, new Region.Pixels(1.5, 2, 3, -4)));
  }

  @Test
  void givenNothing_thenTheDefaults() {
    RenderParameters parameters = parse("other", "1");

    assertThat(parameters.viewport()).isEmpty();
    assertThat(parameters.window()).isEmpty();
    assertThat(parameters.quality()).isEqualTo(85);
    assertThat(parameters.annotations()).isEmpty();
  }

  @Test
  void givenAnnotations_whenThereAreNoFonts_thenRefusedAndNeverLeftOut() {
    Set<Annotation> both = Annotation.parse("patient,technique");

    assertThat(both).containsExactly(Annotation.values());
    assertThat(RenderParameters.drawable(both, true)).isEqualTo(both);
    assertThatThrownBy(() -> RenderParameters.drawable(both, false))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("fontconfig");
  }

  @Test
  void givenAThumbnail_thenItIsSmallAndHasNoRegion() {
    MockHttpServletRequest request = new MockHttpServletRequest();
    assertThat(RenderParameters.ofThumbnail(request, PROPERTIES).viewport())
        .hasValue(Viewport.of(64, 64));
    request.setParameter("viewport", "32,16");
    assertThat(RenderParameters.ofThumbnail(request, PROPERTIES).viewport())
        .hasValue(Viewport.of(32, 16));
    request.setParameter("viewport", "32,16,1,1");
    assertThatThrownBy(() -> RenderParameters.ofThumbnail(request, PROPERTIES))
        .isInstanceOf(BadParameterException.class);
  }
}
