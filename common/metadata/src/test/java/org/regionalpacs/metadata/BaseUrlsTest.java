package org.regionalpacs.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BaseUrlsTest {

  @Test
  void theDefaultTenantNeedsNoNaming() {
    BaseUrls urls = new BaseUrls("https://pacs.example.org/x/dicom-web", "default");
    assertThat(urls.of("default")).isEqualTo("https://pacs.example.org/x/dicom-web");
    assertThat(urls.of("north")).isEqualTo("https://pacs.example.org/x/tenants/north/dicom-web");
  }

  @Test
  void aBaseUrlOfAnotherShapeIsThatOfAll() {
    assertThat(new BaseUrls("https://pacs.example.org/rs", "default").of("north"))
        .isEqualTo("https://pacs.example.org/rs");
  }
}
