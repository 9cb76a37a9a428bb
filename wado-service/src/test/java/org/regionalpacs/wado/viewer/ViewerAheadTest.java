package org.regionalpacs.wado.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.DefaultResourceLoader;

class ViewerAheadTest {
  private static final String SAMPLE = "classpath:/sample-viewer/";

  @Test
  void givenAViewer_thenItsFilesAndItsPageMayBeOpenedAhead() {
    ViewerAhead ahead = of(SAMPLE, "", true);

    assertThat(ahead.files())
        .containsExactly(
            "viewer/files/0-sample/app.bundle.js", "viewer/files/0-sample/1.bundle.js");
    assertThat(ahead.rehearsed()).hasValue("0-sample");
  }

  @Test
  void givenASignIn_thenItsPageIsNotOpenedUnseen() {
    ViewerAhead ahead = of(SAMPLE, "https://login.example/realm", true);

    assertThat(ahead.files()).isNotEmpty();
    assertThat(ahead.rehearsed()).isEmpty();
  }

  @Test
  void givenThatItIsNotWanted_thenItsPageIsNotOpenedUnseen() {
    ViewerAhead ahead = of(SAMPLE, "", false);

    assertThat(ahead.files()).isNotEmpty();
    assertThat(ahead.rehearsed()).isEmpty();
  }

  @Test
  void givenABuildWithoutIt_thenThereIsNothingToGet() {
    ViewerAhead ahead = of("classpath:/nothing/", "", true);

    assertThat(ahead.files()).isEmpty();
    assertThat(ahead.rehearsed()).isEmpty();
  }

  private static ViewerAhead of(String location, String authority, boolean rehearse) {
    ViewerProperties properties =
        new ViewerProperties(
            location, rehearse, true, new ViewerProperties.Oidc(authority, "viewer", "openid"));
    return new ViewerAhead(new Viewer(new DefaultResourceLoader(), properties), properties);
  }
}
