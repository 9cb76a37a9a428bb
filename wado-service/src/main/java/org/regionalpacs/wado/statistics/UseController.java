package org.regionalpacs.wado.statistics;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.wado.web.TenantScope;
import org.regionalpacs.warehouse.statistics.AccessBy;
import org.regionalpacs.warehouse.statistics.Accesses;
import org.regionalpacs.warehouse.statistics.Conversions;
import org.regionalpacs.warehouse.statistics.Retrieve;
import org.regionalpacs.warehouse.statistics.Statistics;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was done with a tenant's objects: requests, and conversions. */
@RestController
@RequestMapping(
    path = {"/api/statistics", "/tenants/{tenant}/api/statistics"},
    produces = MediaType.APPLICATION_JSON_VALUE)
class UseController {
  private static final Map<String, Grouping> GROUPINGS =
      Map.of(
          "operation", new Grouping(AccessBy.OPERATION, "Operation"),
          "day", new Grouping(AccessBy.DAY, "Day"),
          "user", new Grouping(AccessBy.USER, "User"),
          "hospital", new Grouping(AccessBy.TENANT, "Hospital"));

  private final WarehouseQuestions questions;

  UseController(WarehouseQuestions questions) {
    this.questions = questions;
  }

  /** What tells requests apart, and how that is called. */
  private record Grouping(AccessBy by, String name) {}

  @GetMapping("/accesses")
  ResponseEntity<Map<String, Object>> accesses(
      TenantScope scope,
      @RequestParam(defaultValue = "operation") String by,
      @RequestParam Optional<String> from,
      @RequestParam Optional<String> to) {
    Grouping grouping = Choice.by(by, GROUPINGS);
    DayRange days = questions.days(from, to);
    List<Accesses> found =
        questions.ask(statistics -> statistics.accesses(days.of(scope), grouping.by()));
    Map<String, Object> answer = days.answer();
    answer.put("by", by);
    answer.put("complete", found.size() < Statistics.MOST);
    answer.put(
        "accesses", found.stream().map(each -> Entries.accesses(grouping.name(), each)).toList());
    return Answers.of(answer);
  }

  @GetMapping("/slowest-retrieves")
  ResponseEntity<Map<String, Object>> slowestRetrieves(
      TenantScope scope,
      @RequestParam Optional<String> from,
      @RequestParam Optional<String> to,
      @RequestParam(defaultValue = "20") String limit) {
    int most = Choice.limit(limit);
    DayRange days = questions.days(from, to);
    List<Retrieve> found =
        questions.ask(statistics -> statistics.slowestRetrieves(days.of(scope), most));
    Map<String, Object> answer = days.answer();
    answer.put("retrieves", found.stream().map(Entries::retrieve).toList());
    return Answers.of(answer);
  }

  @GetMapping("/conversions")
  ResponseEntity<Map<String, Object>> conversions(
      TenantScope scope, @RequestParam Optional<String> from, @RequestParam Optional<String> to) {
    DayRange days = questions.days(from, to);
    List<Conversions> found = questions.ask(statistics -> statistics.conversions(days.of(scope)));
    Map<String, Object> answer = days.answer();
    answer.put("conversions", found.stream().map(Entries::conversions).toList());
    return Answers.of(answer);
  }
}
