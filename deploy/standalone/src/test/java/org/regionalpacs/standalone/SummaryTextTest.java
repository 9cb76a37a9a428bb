package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SummaryTextTest {
  private static final String SUMMARY =
      """
      {"timezone": "UTC",
       "today": {"Studies": 2, "Series": 4, "Instances": 1200, "Bytes": 63000000,
         "Modalities": [{"Modality": "CT", "Instances": 1200}],
         "Delays": {"Instances": 1200, "P50Millis": 312, "P90Millis": 800, "P95Millis": 12345},
         "Accesses": {"Requests": 3, "Failures": 1, "Bytes": 999, "LongestMillis": 77,
           "Operations": [{"Operation": "C-STORE", "Requests": 3}]}},
       "last30Days": {"Studies": 14, "Series": 40, "Instances": 123456, "Bytes": 63000000000,
         "Modalities": [{"Modality": "CT", "Instances": 123000},
           {"Modality": "", "Instances": 455}, {"Modality": "M\\u001b[31mR", "Instances": 1}],
         "Delays": {"Instances": 0},
         "Accesses": {"Requests": 7, "Failures": 1, "Bytes": 999, "LongestMillis": 77,
           "Operations": [{"Operation": "C-STORE", "Requests": 6},
             {"Operation": "WADO-RS frames", "Requests": 1}]}},
       "storage": {"asOf": "2026-03-31T12:00:00.123Z", "tiers": [
         {"Tier": "archive", "Store": "local", "State": "available", "Objects": 7, "Bytes": 500},
         {"Tier": "evicted", "Node": "n1", "State": "evicted", "Objects": 3, "Bytes": 2000000},
         {"Tier": "online", "Node": "n1", "State": "missing", "Objects": 1, "Bytes": 5000}]}}
      """;

  @Test
  void givenASummary_whenPrinted_thenEachNumberHasItsLine() {
    assertThat(printed(SUMMARY).lines().map(line -> line.strip().replaceAll(" {2,}", " | ")))
        .containsSubsequence(
            "Days in UTC | today | last 30 days",
            "studies | 2 | 14",
            "instances | 1,200 | 123,456",
            "bytes | 63.0 MB | 63.0 GB",
            "CT | 1,200 | 123,000",
            "(none) | 0 | 455",
            "M [31mR | 0 | 1",
            "50 % within | 312 ms | -",
            "95 % within | 12 s | -",
            "99 % within | > 1 day | -",
            "all | 3 | 7",
            "not served | 1 | 1",
            "bytes | 1 KB | 1 KB",
            "longest | 77 ms | 77 ms",
            "C-STORE | 3 | 6",
            "WADO-RS frames | 0 | 1",
            "archive local | 7 | 1 KB",
            "evicted n1 | 3 | 2.0 MB",
            "online n1 missing | 1 | 5 KB");
  }

  @Test
  void givenNothingYet_whenPrinted_thenItSaysSo() {
    String text = printed("{\"today\": {}, \"last30Days\": {}, \"storage\": {\"tiers\": []}}");

    assertThat(text).contains("not counted yet").doesNotContain("modality");
  }

  private static String printed(String summary) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new SummaryText(JsonMapper.shared().readTree(summary))
        .print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
