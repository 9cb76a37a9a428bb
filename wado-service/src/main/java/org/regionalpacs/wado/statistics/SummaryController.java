package org.regionalpacs.wado.statistics;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.regionalpacs.index.StorageTiers;
import org.regionalpacs.wado.web.TenantScope;
import org.regionalpacs.warehouse.statistics.Overview;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a tenant has now, and what happened lately, for a page that shows all at once. */
@RestController
@RequestMapping(
    path = {"/api/statistics", "/tenants/{tenant}/api/statistics"},
    produces = MediaType.APPLICATION_JSON_VALUE)
class SummaryController {
  private final WarehouseQuestions questions;
  private final StorageTiers tiers;

  SummaryController(WarehouseQuestions questions, StorageTiers tiers) {
    this.questions = questions;
    this.tiers = tiers;
  }

  @GetMapping("/storage")
  ResponseEntity<Map<String, Object>> storage(TenantScope scope) {
    return Answers.of(storageOf(scope));
  }

  /** Of today and the usual days only, so that whoever asks again and again costs little. */
  @GetMapping("/summary")
  ResponseEntity<Map<String, Object>> summary(TenantScope scope) {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    DayRange day = new DayRange(today, today);
    DayRange month = DayRange.upTo(today);
    List<Overview> overviews =
        questions.ask(statistics ->
            List.of(statistics.overview(day.of(scope)), statistics.overview(month.of(scope))));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("timezone", "UTC");
    answer.put("today", overview(day, overviews.getFirst()));
    answer.put("last30Days", overview(month, overviews.getLast()));
    answer.put("storage", storageOf(scope));
    return Answers.of(answer);
  }

  private static Map<String, Object> overview(DayRange days, Overview overview) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("From", days.from().toString());
    entry.put("To", days.to().toString());
    entry.putAll(Entries.received(List.of(), overview.received()));
    entry.put(
        "Modalities",
        overview.byModality().stream()
            .map(each -> Entries.received(List.of("Modality"), each))
            .toList());
    entry.put("Delays", Entries.delays(overview.delays()));
    Map<String, Object> accesses = Entries.accesses(overview.accesses());
    accesses.put(
        "Operations",
        overview.byOperation().stream().map(each -> Entries.accesses("Operation", each)).toList());
    entry.put("Accesses", accesses);
    return entry;
  }

  private Map<String, Object> storageOf(TenantScope scope) {
    StorageTiers.Counted counted = tiers.of(scope.tenant());
    Map<String, Object> storage = new LinkedHashMap<>();
    counted.asOf().ifPresent(time -> storage.put("asOf", time.toString()));
    storage.put("tiers", counted.tiers().stream().map(Entries::tier).toList());
    return storage;
  }
}
