package org.regionalpacs.wado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.MethodParameter;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.bind.MissingPathVariableException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.HandlerMapping;

class PathTextsTest {
  private final PathTexts texts = new PathTexts();

  @SuppressWarnings("unused")
  private static void handler(
      @PathVariable("series") String uid, @PathVariable int number, String other) {
    // Only its parameters are looked at.
  }

  @Test
  void givenParameters_whenTheyAreTextsOfThePath_thenTheyAreTaken() throws Exception {
    assertThat(texts.supportsParameter(parameter(0))).isTrue();
    assertThat(texts.supportsParameter(parameter(1))).isFalse();
    assertThat(texts.supportsParameter(parameter(2))).isFalse();
  }

  @Test
  void givenAPath_whenItNamesTheText_thenItIsThat() throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setAttribute(
        HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of("study", "1.2", "series", "1.3"));

    assertThat(resolved(request)).isEqualTo("1.3");
    assertThatThrownBy(() -> resolved(new MockHttpServletRequest()))
        .isInstanceOf(MissingPathVariableException.class);
  }

  private Object resolved(MockHttpServletRequest request) throws Exception {
    return texts.resolveArgument(parameter(0), null, new ServletWebRequest(request), null);
  }

  private static MethodParameter parameter(int index) throws NoSuchMethodException {
    return new MethodParameter(
        PathTextsTest.class.getDeclaredMethod("handler", String.class, int.class, String.class),
        index);
  }
}
