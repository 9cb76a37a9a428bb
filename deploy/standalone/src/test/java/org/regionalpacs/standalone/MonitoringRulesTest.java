package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.regionalpacs.standalone.MonitoringFiles.Rule;
import org.regionalpacs.test.ExternalTool;
import tools.jackson.databind.JsonNode;

/** The rules, the dashboards and the runbook, without anything running. */
class MonitoringRulesTest {
  private static final Set<String> SEVERITIES = Set.of("critical", "warning", "info");

  @Test
  void givenAnAlarm_thenTheRunbookTellsWhatItMeansAndWhatToDo() throws IOException {
    Map<String, String> sections = sections();

    for (Rule rule : MonitoringFiles.rules()) {
      if (rule.alert().isEmpty()) {
        continue;
      }
      String alarm = rule.alert().get();
      assertThat(sections).containsKey(alarm);
      assertThat(sections.get(alarm))
          .as(alarm)
          .contains("**Means**:", "**Users notice**:", "**Do**:");
      assertThat(rule.annotations().get("runbook_url"))
          .isEqualTo("docs/runbook.md#" + alarm.toLowerCase(Locale.ROOT));
      assertThat(rule.annotations().get("summary")).as(alarm).isNotBlank();
      assertThat(rule.labels().get("severity")).as(alarm).isIn(SEVERITIES);
    }
  }

  @Test
  void givenASectionOfTheRunbook_thenThereIsAnAlarmOfItsName() throws IOException {
    List<String> alarms =
        MonitoringFiles.rules().stream().flatMap(rule -> rule.alert().stream()).toList();
    List<String> explained =
        sections().entrySet().stream()
            .filter(section -> section.getValue().contains("**Means**:"))
            .map(Map.Entry::getKey)
            .toList();

    assertThat(explained).containsExactlyInAnyOrderElementsOf(alarms);
  }

  /** By their headings. */
  private static Map<String, String> sections() throws IOException {
    String runbook = Files.readString(MonitoringFiles.RUNBOOK);
    return Pattern.compile("^#{2,3} ", Pattern.MULTILINE)
        .splitAsStream(runbook)
        .skip(1)
        .collect(
            Collectors.toMap(
                section -> section.lines().findFirst().orElseThrow(), section -> section));
  }

  @Test
  void givenADashboard_thenItAsksTheProvisionedPrometheus() throws IOException {
    assertThat(MonitoringFiles.dashboards()).hasSize(4);
    for (Path file : MonitoringFiles.dashboards()) {
      JsonNode dashboard = MonitoringFiles.json(file);
      assertThat(dashboard.get("uid").asString()).startsWith("pacs-");
      for (JsonNode panel : dashboard.get("panels")) {
        assertThat(panel.at("/datasource/uid").asString())
            .as("%s, %s", file, panel.get("title"))
            .isEqualTo("pacs-prometheus");
        assertThat(panel.get("targets")).isNotEmpty();
      }
    }
    assertThat(MonitoringFiles.RULES.resolveSibling("../../grafana/datasource-prometheus.yml"))
        .content()
        .contains("uid: pacs-prometheus", "type: prometheus");
  }

  @Test
  void givenAnExpression_thenItsMetricsAndLabelsAreFound() {
    String expression =
        "sum by (group) (rate(a_total{x=\"up\",y=~\"b|c\"}[5m])) / on (job) max(b) offset 1d > 2e3"
            + " and min_over_time(c:d{}[1h]) or e";

    assertThat(PromQl.selectors(expression))
        .isEqualTo(
            Map.of("a_total", Set.of("x", "y"), "b", Set.of(), "c:d", Set.of(), "e", Set.of()));
  }

  @Test
  void givenPromtool_thenTheRulesAreValidAndFireAsTheyShould() {
    ExternalTool promtool = ExternalTool.named("promtool");

    ExternalTool.Outcome check = promtool.run("check", "rules", MonitoringFiles.RULES);
    ExternalTool.Outcome test =
        promtool.run(
            "test",
            "rules",
            MonitoringFiles.RULE_TESTS.resolve("pacs.yml"),
            MonitoringFiles.RULE_TESTS.resolve("forecast.yml"));

    assertThat(check.code()).as(check.output()).isZero();
    assertThat(test.code()).as(test.output()).isZero();
  }

  @Test
  void givenPromtool_thenEveryExpressionOfADashboardIsValid() throws IOException {
    ExternalTool promtool = ExternalTool.named("promtool");
    StringBuilder rules = new StringBuilder("groups:\n- name: dashboards\n  rules:\n");
    int number = 0;
    for (Path dashboard : MonitoringFiles.dashboards()) {
      for (String expression :
          MonitoringFiles.expressions(MonitoringFiles.json(dashboard)).toList()) {
        rules.append("  - record: panel:%d\n".formatted(number++));
        rules.append("    expr: '%s'\n".formatted(expression.replace("$__rate_interval", "1m")));
      }
    }
    Path file = Files.createTempFile("dashboards", ".yml");
    try {
      Files.writeString(file, rules);
      ExternalTool.Outcome check = promtool.run("check", "rules", file);
      assertThat(check.code()).as(check.output()).isZero();
    } finally {
      Files.delete(file);
    }
  }
}
