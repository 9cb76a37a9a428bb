package org.regionalpacs.wado.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletResponse;

class ViewerPropertiesTest {
  @ParameterizedTest
  @CsvSource({
    "classpath:/viewer/, '', true",
    "file:/opt/viewer/, https://login.example:8443/realms/pacs, true",
    "classpath:/viewer, '', false",
    "https://cdn.example/viewer/, '', false",
    "classpath:/viewer/, login.example, false",
    "classpath:/viewer/, javascript:alert(1), false",
    "classpath:/viewer/, https://login.example; script-src *, false",
    "classpath:/viewer/, https://login.example/?a=b, false"
  })
  void givenSettings_thenOnlyUsableOnesAreTaken(String location, String authority, boolean valid) {
    ViewerProperties properties =
        new ViewerProperties(
            location, true, true, new ViewerProperties.Oidc(authority, "viewer", "openid"));

    try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
      Validator validator = factory.getValidator();
      assertThat(validator.validate(properties).isEmpty()).isEqualTo(valid);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, '', true", "false, '', false", "true, https://login.example, false"})
  void givenASignInOrWhoDoesntWantIt_thenNoPictureIsShownAhead(
      boolean preview, String authority, boolean shown) {
    ViewerProperties.Oidc oidc = new ViewerProperties.Oidc(authority, "viewer", "openid");

    assertThat(new ViewerProperties("classpath:/viewer/", true, preview, oidc).previewed())
        .isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "https://login.example, https://login.example",
    "https://login.example/, https://login.example",
    "https://login.example:8443/realms/pacs, https://login.example:8443",
    "http://[::1]:8080/realms, http://[::1]:8080"
  })
  void givenAProvider_thenThePageMayAskItAndNobodyElse(String authority, String origin) {
    ViewerPolicy policy =
        new ViewerPolicy(new ViewerProperties.Oidc(authority, "viewer", "openid"));
    MockHttpServletResponse response = new MockHttpServletResponse();

    policy.ofPage(response);

    assertThat(response.getHeader("Content-Security-Policy"))
        .contains(
            "connect-src 'self' blob: data: " + origin + ";",
            "frame-src 'self' blob: " + origin + ";")
        .containsOnlyOnce("script-src 'self' 'unsafe-eval' 'unsafe-inline';");
  }
}
