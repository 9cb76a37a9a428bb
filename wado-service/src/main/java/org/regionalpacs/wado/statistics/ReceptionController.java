package org.regionalpacs.wado.statistics;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.wado.web.TenantScope;
import org.regionalpacs.warehouse.statistics.Delays;
import org.regionalpacs.warehouse.statistics.HourRate;
import org.regionalpacs.warehouse.statistics.Received;
import org.regionalpacs.warehouse.statistics.ReceivedBy;
import org.regionalpacs.warehouse.statistics.Statistics;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a tenant received, and how long it took into the index. */
@RestController
@RequestMapping(
    path = {"/api/statistics", "/tenants/{tenant}/api/statistics"},
    produces = MediaType.APPLICATION_JSON_VALUE)
class ReceptionController {
  private static final List<String> DEPARTMENT = List.of("Department");
  private static final Map<String, Grouping> GROUPINGS =
      Map.of(
          "day", new Grouping(ReceivedBy.DAY, List.of("Day")),
          "modality", new Grouping(ReceivedBy.MODALITY, List.of("Modality")),
          "hospital", new Grouping(ReceivedBy.TENANT, List.of("Hospital")),
          "institution", new Grouping(ReceivedBy.INSTITUTION, List.of("Institution")),
          "equipment",
              new Grouping(ReceivedBy.EQUIPMENT, List.of("Station", "Manufacturer", "Model")),
          "department", new Grouping(ReceivedBy.REFERRING_DEPARTMENT, DEPARTMENT));

  private final WarehouseQuestions questions;

  ReceptionController(WarehouseQuestions questions) {
    this.questions = questions;
  }

  /** What tells received objects apart, and how that is called. */
  private record Grouping(ReceivedBy by, List<String> names) {}

  @GetMapping("/received")
  ResponseEntity<Map<String, Object>> received(
      TenantScope scope,
      @RequestParam(defaultValue = "day") String by,
      @RequestParam Optional<String> from,
      @RequestParam Optional<String> to) {
    Grouping grouping = Choice.by(by, GROUPINGS);
    DayRange days = questions.days(from, to);
    List<Received> found =
        questions.ask(statistics -> statistics.received(days.of(scope), grouping.by()));
    Map<String, Object> answer = days.answer();
    answer.put("by", by);
    answer.put("complete", found.size() < Statistics.MOST);
    answer.put(
        "received", found.stream().map(each -> Entries.received(grouping.names(), each)).toList());
    return Answers.of(answer);
  }

  @GetMapping("/departments")
  ResponseEntity<Map<String, Object>> departments(
      TenantScope scope,
      @RequestParam Optional<String> from,
      @RequestParam Optional<String> to,
      @RequestParam(defaultValue = "10") String limit) {
    int most = Choice.limit(limit);
    DayRange days = questions.days(from, to);
    List<Received> found =
        questions.ask(statistics -> statistics.topReferringDepartments(days.of(scope), most));
    Map<String, Object> answer = days.answer();
    answer.put(
        "departments", found.stream().map(each -> Entries.received(DEPARTMENT, each)).toList());
    return Answers.of(answer);
  }

  @GetMapping("/rate")
  ResponseEntity<Map<String, Object>> rate(
      TenantScope scope, @RequestParam Optional<String> from, @RequestParam Optional<String> to) {
    DayRange days = questions.days(from, to);
    List<HourRate> found = questions.ask(statistics -> statistics.rate(days.of(scope)));
    Instant now = Instant.now();
    Map<String, Object> answer = days.answer();
    answer.put("rate", found.stream().map(each -> Entries.rate(each, now)).toList());
    return Answers.of(answer);
  }

  @GetMapping("/delays")
  ResponseEntity<Map<String, Object>> delays(
      TenantScope scope, @RequestParam Optional<String> from, @RequestParam Optional<String> to) {
    DayRange days = questions.days(from, to);
    List<Delays> found = questions.ask(statistics -> statistics.delays(days.of(scope)));
    Map<String, Object> answer = days.answer();
    answer.put("total", Entries.delays(Delays.sum(days.from(), found)));
    answer.put("delays", found.stream().map(Entries::delaysOfDay).toList());
    return Answers.of(answer);
  }
}
