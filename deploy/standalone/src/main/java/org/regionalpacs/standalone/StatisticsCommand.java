package org.regionalpacs.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "statistics",
    description =
        "Show what was received and read today and in the last 30 days, and what is where.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:shown",
      "1:they can't be asked for just now",
      "2:wrong usage",
      "3:not running"
    })
final class StatisticsCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Pattern TENANT = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  @Mixin DataOption data;

  @Option(
      names = "--tenant",
      paramLabel = "TENANT",
      description = "Of this hospital (default: that of requests which name none).")
  Optional<String> tenant = Optional.empty();

  @Option(names = "--json", description = "As the service answers it.")
  boolean json;

  @Override
  public Integer call() throws InterruptedException {
    tenant
        .filter(name -> !TENANT.matcher(name).matches())
        .ifPresent(name -> {
          throw new Complaint(
              "--tenant: '" + Printable.of(name, 70) + "' is none", Complaint.USAGE);
        });
    RunState state = data.running();
    JsonNode summary =
        ask(
            URI.create(
                "http://%s:%d%s/api/statistics/summary"
                    .formatted(
                        state.address(),
                        state.http(),
                        tenant.map("/tenants/"::concat).orElse(""))));
    if (json) {
      System.out.println(summary.toPrettyString());
    } else {
      new SummaryText(summary).print(System.out);
    }
    return 0;
  }

  private static JsonNode ask(URI summary) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(summary).timeout(LIMIT).build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode body = JsonMapper.shared().readTree(answer.body());
      if (answer.statusCode() != 200) {
        throw new Complaint(
            Printable.of(body.path("detail").asString("status " + answer.statusCode()), 500));
      }
      return body;
    } catch (IOException | JacksonException e) {
      throw new Complaint("wado-service doesn't answer: " + e, e);
    }
  }
}
