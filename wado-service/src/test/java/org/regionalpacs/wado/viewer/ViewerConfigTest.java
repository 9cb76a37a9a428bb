package org.regionalpacs.wado.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ViewerConfigTest {
  private static final ViewerProperties.Oidc NOBODY =
      new ViewerProperties.Oidc("", "regional-pacs-viewer", "openid profile");
  private static final ViewerPaths ROOT = new ViewerPaths("", "");

  @ParameterizedTest
  @CsvSource({
    "https://pacs.example/dicom-web, '', ''",
    "https://pacs.example:8443/dicom-web, '', ''",
    "https://region.example/a/pacs/dicom-web, /a/pacs, /a/pacs",
    "https://region.example/a/pacs/tenants/north/dicom-web, /a/pacs/tenants/north, /a/pacs"
  })
  void givenAServiceBehindAProxy_thenAllIsBelowItsPathAndOnWhateverHost(
      String baseUrl, String tenant, String shared) {
    ViewerPaths paths = new ViewerPaths(tenant, shared);

    String script = ViewerConfig.script(paths, baseUrl, "1-k", NOBODY);

    assertThat(script).startsWith("window.PUBLIC_URL = \"" + shared + "/viewer/files/1-k/\";");
    JsonNode config = config(script);
    assertThat(config.path("routerBasename").asString()).isEqualTo(tenant + "/viewer");
    JsonNode source = config.at("/dataSources/0/configuration");
    assertThat(source.path("wadoRoot").asString()).isEqualTo(tenant + "/dicom-web");
    assertThat(source.at("/bulkDataURI/startsWith").asString()).isEqualTo(baseUrl);
    assertThat(source.at("/bulkDataURI/prefixWith").asString()).isEqualTo(tenant + "/dicom-web");
  }

  @Test
  void givenSettingsThatWouldBeCode_thenTheyStayText() {
    String hostile = "\"};alert(1);</script>\n\\ '";
    ViewerProperties.Oidc oidc =
        new ViewerProperties.Oidc("https://login.example/realm", hostile, hostile);

    String script = ViewerConfig.script(new ViewerPaths(hostile, hostile), hostile, hostile, oidc);

    List<String> statements = script.lines().filter(line -> line.startsWith("window.")).toList();
    assertThat(statements).hasSize(2);
    JsonNode config = config(script);
    assertThat(config.at("/oidc/0/client_id").asString()).isEqualTo(hostile);
    assertThat(config.path("routerBasename").asString()).isEqualTo(hostile + "/viewer");
    String publicUrl = statements.getFirst().replaceFirst("window.PUBLIC_URL = (.*);", "$1");
    assertThat(JsonMapper.shared().readTree(publicUrl).asString())
        .isEqualTo(hostile + "/viewer/files/" + hostile + "/");
  }

  @Test
  void givenAProvider_thenTheViewerAsksItForACode() {
    ViewerProperties.Oidc oidc =
        new ViewerProperties.Oidc("https://login.example/realms/pacs", "viewer", "openid");

    JsonNode provider =
        config(ViewerConfig.script(ROOT, "https://p.example/dicom-web", "k", oidc)).at("/oidc/0");

    assertThat(provider.path("authority").asString())
        .isEqualTo("https://login.example/realms/pacs");
    assertThat(provider.path("client_id").asString()).isEqualTo("viewer");
    assertThat(provider.path("response_type").asString()).isEqualTo("code");
    assertThat(provider.path("redirect_uri").asString()).isEqualTo("/callback");
  }

  private static JsonNode config(String script) {
    String json =
        script.substring(script.indexOf("window.config = ") + 16, script.lastIndexOf(';'));
    return JsonMapper.shared().readTree(json);
  }
}
