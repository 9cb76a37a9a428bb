package org.regionalpacs.wado.changes;

import java.util.List;
import java.util.Optional;
import org.regionalpacs.index.Change;
import org.regionalpacs.index.ChangeFeed;
import org.regionalpacs.index.ChangeFeed.Extent;
import org.regionalpacs.wado.web.BadParameterException;
import org.regionalpacs.wado.web.GoneException;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What changed since a reader asked last. Who passes each {@code next} as the {@code since} of the
 * next request gets every change once, in order, also after having been away for long.
 */
@RestController
@RequestMapping({"/dicom-web", "/tenants/{tenant}/dicom-web"})
class ChangeController {
  private static final String DEFAULT_LIMIT = "100";
  private static final int MOST = 1000;

  private final ChangeFeed feed;

  ChangeController(ChangeFeed feed) {
    this.feed = feed;
  }

  @GetMapping("/changes")
  ResponseEntity<ChangePage> since(
      TenantScope scope,
      @RequestParam Optional<String> since,
      @RequestParam(defaultValue = DEFAULT_LIMIT) String limit) {
    Optional<Long> asked = since.map(text -> number("since", text, 0, Long.MAX_VALUE));
    int most = (int) number("limit", limit, 1, MOST);
    // Before the changes are read: none below this number appears after that.
    Extent extent = feed.extent();
    long start = asked.orElse(extent.forgotten());
    if (start > extent.last()) {
      throw new BadParameterException(
          "since", "since must be a next that was given; the last is " + extent.last() + ".");
    }
    List<Change> found = feed.after(scope.tenant(), start, most);
    // After they were read: what was forgotten meanwhile may be missing.
    if (start < feed.extent().forgotten()) {
      throw new GoneException(
          "The changes since "
              + start
              + " are no longer kept: read /changes/latest, list the studies once, and go on from"
              + " there.");
    }
    long next = found.size() == most ? found.getLast().sequence() : extent.last();
    return answer(new ChangePage(found, Math.max(next, last(found, start))));
  }

  /** What was numbered while the page was read may be on it. */
  private static long last(List<Change> found, long start) {
    return found.isEmpty() ? start : found.getLast().sequence();
  }

  /** Where the feed ends: a reader who takes this first and then lists all misses nothing. */
  @GetMapping("/changes/latest")
  ResponseEntity<ChangePage> latest(TenantScope scope) {
    return answer(new ChangePage(List.of(), feed.extent().last()));
  }

  private static ResponseEntity<ChangePage> answer(ChangePage page) {
    // Whatever is accepted: clients of DICOMweb ask for application/dicom+json by habit.
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .contentType(MediaType.APPLICATION_JSON)
        .body(page);
  }

  private static long number(String name, String text, long least, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw new BadParameterException(
        name,
        most == Long.MAX_VALUE
            ? name + " must be a number from " + least + "."
            : name + " must be " + least + " to " + most + ".");
  }
}
