package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** What the service says of itself is what it is. */
class DescriptionIT extends WadoIT {
  private static final String TENANT = "/tenants/{tenant}";
  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping handlers;

  @Test
  void givenEveryHandler_thenItIsDocumentedAndNothingElseIs() {
    Set<String> documented = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document().path("paths").properties()) {
      for (String method : path.getValue().propertyNames()) {
        documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
      }
    }

    assertThat(handled("")).isEqualTo(documented);
    Set<String> ofTenants = new TreeSet<>(documented);
    ofTenants.removeIf(operation -> operation.contains("/api-docs"));
    assertThat(handled(TENANT)).as("under " + TENANT).isEqualTo(ofTenants);
  }

  /** Method and path of each handler below a prefix. */
  private Set<String> handled(String prefix) {
    Set<String> handled = new TreeSet<>();
    handlers
        .getHandlerMethods()
        .forEach((info, method) -> {
          if (method.getBeanType().getName().startsWith("org.regionalpacs.")) {
            handled.addAll(handled(info, prefix));
          }
        });
    return handled;
  }

  private static List<String> handled(RequestMappingInfo info, String prefix) {
    List<String> handled = new ArrayList<>();
    for (String pattern : info.getPatternValues()) {
      boolean below = pattern.startsWith(TENANT) ? !prefix.isEmpty() : prefix.isEmpty();
      if (below) {
        String path =
            pattern.substring(prefix.length()).replace("{*", "{").replaceAll("(?<=.)/$", "");
        for (RequestMethod method : info.getMethodsCondition().getMethods()) {
          handled.add(method + " " + (path.isEmpty() ? "/" : path));
        }
      }
    }
    return handled;
  }

  @Test
  void givenEveryOperation_thenItIsDescribedWhole() {
    JsonNode document = document();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (JsonNode operation : path.getValue()) {
        String name = operation.path("operationId").asString();
        assertThat(operation.path("summary").asString()).as(name).isNotEmpty();
        assertThat(operation.path("responses").propertyNames())
            .as(name)
            .contains("default")
            .anyMatch(status -> status.matches("[23].."));
        Set<String> inPath = new TreeSet<>();
        for (JsonNode reference : operation.path("parameters")) {
          JsonNode parameter = document.at(reference.path("$ref").asString().substring(1));
          assertThat(parameter.path("description").asString()).as(name).isNotEmpty();
          if (parameter.path("in").asString().equals("path")) {
            inPath.add(parameter.path("name").asString());
          }
        }
        assertThat(inPath).as(name).isEqualTo(variables(path.getKey()));
      }
    }
    document
        .findValuesAsString("$ref")
        .forEach(reference ->
            assertThat(document.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
  }

  private static Set<String> variables(String path) {
    Set<String> names = new TreeSet<>();
    Matcher variables = VARIABLE.matcher(path);
    while (variables.find()) {
      names.add(variables.group(1));
    }
    return names;
  }

  @Test
  void givenThePage_thenItAsksNobodyElseForAnything() {
    Answer page = send("GET", "/api-docs", BodyPublishers.noBody());

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'");
    assertThat(new String(page.body(), StandardCharsets.UTF_8))
        .contains("fetch(\"/api-docs/openapi.json\")")
        .doesNotContain("http:", "https:", " src=", "@import");
  }

  /** PS3.18 8.9: the target is the base URI. */
  @ParameterizedTest
  @CsvSource({
    "OPTIONS, /dicom-web/, */*, application/vnd.sun.wadl+xml",
    "GET, /dicom-web, application/vnd.sun.wadl+xml, application/vnd.sun.wadl+xml",
    "GET, /tenants/other/dicom-web/, application/xml, application/xml",
    "HEAD, /dicom-web/, */*, application/vnd.sun.wadl+xml",
    "OPTIONS, /dicom-web, application/json, application/json"
  })
  void givenTheBaseUri_thenCapabilitiesComeInWhatIsAccepted(
      String method, String path, String accept, String type) {
    Answer answer = send(method, path, BodyPublishers.noBody(), "Accept", accept);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo(type);
    assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    if (method.equals("HEAD")) {
      assertThat(text).isEmpty();
      return;
    }
    assertThat(text).contains("storeInstances", "frames", "{instance}", "application/dicom+json");
    if (path.contains("other")) {
      assertThat(text).contains("/tenants/other/dicom-web/\"");
    }
  }

  @Test
  void givenWadl_thenResourcesNestAsPathsDo() {
    Answer answer =
        send("GET", "/dicom-web/", BodyPublishers.noBody(), "Accept", "application/json");

    JsonNode resources = answer.json().at("/application/resources");
    assertThat(resources.path("base").asString()).isEqualTo(BASE_URL + "/");
    JsonNode studies = named(resources, "studies");
    assertThat(studies.path("method").findValuesAsString("id"))
        .contains("searchStudies", "storeInstances");
    JsonNode metadata = named(named(studies, "{study}"), "metadata");
    assertThat(metadata.at("/method/0/name").asString()).isEqualTo("GET");
    assertThat(metadata.at("/method/0/response/0/representation/0/mediaType").asString())
        .isEqualTo("application/dicom+json");
  }

  @Test
  void givenNothingServedIsAccepted_then406() {
    assertThat(
            send("OPTIONS", "/dicom-web/", BodyPublishers.noBody(), "Accept", "image/png").status())
        .isEqualTo(406);
  }

  private static JsonNode named(JsonNode parent, String path) {
    for (JsonNode child : parent.path("resource")) {
      if (child.path("path").asString().equals(path)) {
        return child;
      }
    }
    throw new AssertionError("no resource " + path);
  }

  private JsonNode document() {
    Answer answer = send("GET", "/api-docs/openapi.json", BodyPublishers.noBody());
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }
}
