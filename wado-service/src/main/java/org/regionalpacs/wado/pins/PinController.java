package org.regionalpacs.wado.pins;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.regionalpacs.index.StudyPin;
import org.regionalpacs.index.StudyPins;
import org.regionalpacs.wado.web.BadBodyException;
import org.regionalpacs.wado.web.BadParameterException;
import org.regionalpacs.wado.web.Existence;
import org.regionalpacs.wado.web.NotFoundException;
import org.regionalpacs.wado.web.PathUids;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Studies that are to stay online. PUT pins one, {@code {"Reason": "..."}} or nothing in its body;
 * doing it again changes the reason. What of it was evicted comes back.
 */
@RestController
@RequestMapping({"/api/pins", "/tenants/{tenant}/api/pins"})
class PinController {
  private static final String DEFAULT_LIMIT = "100";
  private static final int MOST = 1000;
  private static final String JSON = MediaType.APPLICATION_JSON_VALUE;
  private static final int LONGEST_BODY = 16 * 1024;
  private static final int LONGEST_REASON = 1000;

  private final StudyPins pins;
  private final Existence existence;
  private final JsonMapper json = JsonMapper.builder().build();

  PinController(StudyPins pins, Existence existence) {
    this.pins = pins;
    this.existence = existence;
  }

  @PutMapping(path = "/studies/{study}", produces = MediaType.APPLICATION_JSON_VALUE)
  PinPage.Entry pin(
      TenantScope scope,
      @PathVariable String study,
      @RequestHeader(HttpHeaders.CONTENT_TYPE) Optional<String> type,
      InputStream body)
      throws IOException {
    PathUids.require("study", study);
    // The container takes a form for parameters: its body would be lost without a word.
    if (type.isPresent() && !type.get().toLowerCase(Locale.ROOT).startsWith(JSON)) {
      throw new BadBodyException("The body must be " + JSON + ", or nothing.");
    }
    return pins.pin(scope.tenant(), study, reason(body.readNBytes(LONGEST_BODY + 1)))
        .map(PinPage.Entry::of)
        .orElseThrow(() -> existence.noStudy(study));
  }

  private String reason(byte[] body) {
    if (body.length > LONGEST_BODY) {
      throw new BadBodyException("The body is longer than " + LONGEST_BODY + " bytes.");
    }
    String reason = body.length == 0 ? "" : read(body);
    if (reason.length() > LONGEST_REASON || reason.indexOf('\0') >= 0) {
      throw new BadBodyException(
          "Reason must be a text of at most " + LONGEST_REASON + " characters.");
    }
    return reason;
  }

  private String read(byte[] body) {
    try {
      JsonNode reason = json.readTree(body).path("Reason");
      if (reason.isString() || reason.isMissingNode()) {
        return reason.asString("");
      }
    } catch (JacksonException e) {
      // Told below.
    }
    throw new BadBodyException("The body must be JSON: {\"Reason\": \"...\"}, or nothing.");
  }

  @DeleteMapping("/studies/{study}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void unpin(TenantScope scope, @PathVariable String study) {
    PathUids.require("study", study);
    if (!pins.unpin(scope.tenant(), study)) {
      throw notPinned(study);
    }
  }

  @GetMapping(path = "/studies/{study}", produces = MediaType.APPLICATION_JSON_VALUE)
  PinPage.Entry find(TenantScope scope, @PathVariable String study) {
    PathUids.require("study", study);
    return pins.find(scope.tenant(), study)
        .map(PinPage.Entry::of)
        .orElseThrow(() -> notPinned(study));
  }

  private static NotFoundException notPinned(String study) {
    return new NotFoundException("Study " + study + " isn't pinned.");
  }

  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<PinPage> list(
      TenantScope scope,
      @RequestParam Optional<String> after,
      @RequestParam(defaultValue = DEFAULT_LIMIT) String limit) {
    int asked = limit(limit);
    // One more than asked for tells whether there are more.
    List<StudyPin> found = pins.list(scope.tenant(), after.map(PinToken::read), asked + 1);
    boolean more = found.size() > asked;
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(PinPage.of(more ? found.subList(0, asked) : found, more));
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
}
