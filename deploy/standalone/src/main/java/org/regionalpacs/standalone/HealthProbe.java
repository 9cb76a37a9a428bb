package org.regionalpacs.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks services how they are. */
final class HealthProbe implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();

  /**
   * How a service is.
   *
   * @param up whether it is well
   * @param detail what it answered, or why it didn't
   */
  record Answer(boolean up, String detail) {
    /** Whether that component is down, and no other. */
    boolean downFor(String component) {
      try {
        JsonNode components = JsonMapper.shared().readTree(detail).path("components");
        return isDown(components.path(component))
            && components
                .propertyStream()
                .filter(other -> !other.getKey().equals(component))
                .noneMatch(other -> isDown(other.getValue()));
      } catch (JacksonException e) {
        return false;
      }
    }

    /** Components that work only in part, in order, each with what it says of that. */
    List<String> degraded() {
      try {
        return JsonMapper.shared()
            .readTree(detail)
            .path("components")
            .propertyStream()
            .filter(each -> each.getValue().path("status").asString("").equals("DEGRADED"))
            .map(each -> each.getKey() + details(each.getValue().path("details")))
            .sorted()
            .toList();
      } catch (JacksonException e) {
        return List.of();
      }
    }

    /** Which components are down, each with what it says of that; or why nothing answered. */
    String reason() {
      try {
        String down =
            JsonMapper.shared()
                .readTree(detail)
                .path("components")
                .propertyStream()
                .filter(each -> isDown(each.getValue()))
                .map(each -> each.getKey() + details(each.getValue().path("details")))
                .sorted()
                .collect(Collectors.joining(", "));
        return down.isEmpty() ? detail : down;
      } catch (JacksonException e) {
        return detail;
      }
    }

    private static String details(JsonNode details) {
      return details
          .propertyStream()
          .map(each -> " %s: %s".formatted(each.getKey(), each.getValue().asString("")))
          .collect(Collectors.joining(";"));
    }

    private static boolean isDown(JsonNode component) {
      String status = component.path("status").asString("");
      return status.equals("DOWN") || status.equals("OUT_OF_SERVICE");
    }
  }

  static URI address(int port) {
    return URI.create("http://%s:%d/actuator/health".formatted(Ports.LOOPBACK, port));
  }

  Answer ask(int port) {
    try {
      HttpRequest request = HttpRequest.newBuilder(address(port)).timeout(LIMIT).build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode() == 200, response.body());
    } catch (IOException e) {
      return new Answer(false, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(false, "interrupted");
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
