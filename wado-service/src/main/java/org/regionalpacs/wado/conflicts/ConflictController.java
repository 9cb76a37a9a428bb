package org.regionalpacs.wado.conflicts;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.regionalpacs.index.Conflict;
import org.regionalpacs.index.ConflictKind;
import org.regionalpacs.index.ConflictQuery;
import org.regionalpacs.index.Conflicts;
import org.regionalpacs.wado.web.BadParameterException;
import org.regionalpacs.wado.web.PathUids;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was received and doesn't agree with the index, page by page. */
@RestController
class ConflictController {
  private static final String DEFAULT_LIMIT = "100";
  private static final int MOST = 1000;

  private final Conflicts conflicts;

  ConflictController(Conflicts conflicts) {
    this.conflicts = conflicts;
  }

  @GetMapping(
      path = {"/api/conflicts", "/tenants/{tenant}/api/conflicts"},
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ConflictPage> list(
      TenantScope scope,
      @RequestParam Optional<String> kind,
      @RequestParam Optional<String> study,
      @RequestParam Optional<String> since,
      @RequestParam Optional<String> after,
      @RequestParam(defaultValue = DEFAULT_LIMIT) String limit) {
    int asked = limit(limit);
    // One more than asked for tells whether there are more.
    ConflictQuery query =
        new ConflictQuery(
            scope.tenant(),
            kind.map(ConflictController::kind),
            study.map(ConflictController::study),
            since.map(ConflictController::time),
            after.map(PageToken::read),
            asked + 1);
    List<Conflict> found = conflicts.list(query);
    boolean more = found.size() > asked;
    // The values identify patients: no cache on the way keeps them.
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(ConflictPage.of(more ? found.subList(0, asked) : found, more));
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw new BadParameterException("limit", "limit must be 1 to " + MOST + ".");
  }

  private static ConflictKind kind(String id) {
    return ConflictKind.of(id)
        .orElseThrow(() ->
            new BadParameterException(
                "kind",
                "kind must be one of "
                    + Arrays.stream(ConflictKind.values())
                        .map(ConflictKind::id)
                        .collect(Collectors.joining(", "))
                    + "."));
  }

  private static String study(String uid) {
    if (!PathUids.usable(uid)) {
      throw new BadParameterException("study", "study must be a Study Instance UID.");
    }
    return uid;
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new BadParameterException(
          "since", "since must be a time such as 2026-01-02T03:04:05Z.");
    }
  }
}
