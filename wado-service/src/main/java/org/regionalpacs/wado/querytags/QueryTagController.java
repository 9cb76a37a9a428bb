package org.regionalpacs.wado.querytags;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.regionalpacs.index.QueryTags;
import org.regionalpacs.index.QueryTags.Added;
import org.regionalpacs.index.QueryTags.AlreadyThere;
import org.regionalpacs.index.QueryTags.Failure;
import org.regionalpacs.index.QueryTags.Status;
import org.regionalpacs.index.QueryTags.TooMany;
import org.regionalpacs.index.QueryTags.Wanted;
import org.regionalpacs.wado.query.StandardKeys;
import org.regionalpacs.wado.web.BadBodyException;
import org.regionalpacs.wado.web.BadParameterException;
import org.regionalpacs.wado.web.ConflictException;
import org.regionalpacs.wado.web.NotFoundException;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The extended query tags of a tenant. POST adds some, all or none; arrivals are indexed by them at
 * once, what is stored in the background.
 */
@RestController
@RequestMapping({"/api/query-tags", "/tenants/{tenant}/api/query-tags"})
@EnableConfigurationProperties(QueryTagProperties.class)
class QueryTagController {
  private static final String JSON = MediaType.APPLICATION_JSON_VALUE;
  private static final int LONGEST_BODY = 64 * 1024;
  private static final String DEFAULT_LIMIT = "100";
  private static final int MOST_FAILURES = 1000;

  private final QueryTags tags;
  private final QueryTagProperties properties;

  QueryTagController(QueryTags tags, QueryTagProperties properties) {
    this.tags = tags;
    this.properties = properties;
  }

  @PostMapping(produces = JSON)
  @ResponseStatus(HttpStatus.ACCEPTED)
  TagList add(
      TenantScope scope,
      @RequestHeader(HttpHeaders.CONTENT_TYPE) Optional<String> type,
      InputStream body)
      throws IOException {
    // The container takes a form for parameters: its body would be lost without a word.
    if (type.filter(given -> given.toLowerCase(Locale.ROOT).startsWith(JSON)).isEmpty()) {
      throw new BadBodyException("The body must be " + JSON + ".");
    }
    byte[] bytes = body.readNBytes(LONGEST_BODY + 1);
    if (bytes.length > LONGEST_BODY) {
      throw new BadBodyException("The body is longer than " + LONGEST_BODY + " bytes.");
    }
    List<Wanted> wanted = WantedTags.read(bytes, properties.most());
    return switch (tags.add(scope.tenant(), wanted, properties.most())) {
      case Added added ->
          TagList.of(
              tags.list(scope.tenant()).stream()
                  .filter(status -> added.tags().contains(status.tag()))
                  .toList());
      case AlreadyThere there ->
          throw new ConflictException(
              there.path() + " is a query tag already; delete it first to change it.");
      case TooMany many ->
          throw new ConflictException(
              "There are "
                  + many.there()
                  + " query tags, and may be "
                  + properties.most()
                  + " (pacs.query-tags.most).");
    };
  }

  @GetMapping(produces = JSON)
  ResponseEntity<TagList> list(TenantScope scope) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(TagList.of(tags.list(scope.tenant())));
  }

  @GetMapping(path = "/{path}", produces = JSON)
  ResponseEntity<TagList.Entry> find(TenantScope scope, @PathVariable String path) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(TagList.Entry.of(known(scope, path)));
  }

  @DeleteMapping("/{path}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(TenantScope scope, @PathVariable String path) {
    if (!tags.delete(scope.tenant(), read(path))) {
      throw unknown();
    }
  }

  @GetMapping(path = "/{path}/errors", produces = JSON)
  ResponseEntity<FailurePage> errors(
      TenantScope scope,
      @PathVariable String path,
      @RequestParam Optional<String> after,
      @RequestParam(defaultValue = DEFAULT_LIMIT) String limit) {
    Status tag = known(scope, path);
    int asked = limit(limit);
    // One more than asked for tells whether there are more.
    List<Failure> found = tags.failures(tag.tag(), after.map(FailurePage::position), asked + 1);
    boolean more = found.size() > asked;
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(FailurePage.of(more ? found.subList(0, asked) : found, more));
  }

  private Status known(TenantScope scope, String path) {
    List<Integer> wanted = read(path);
    return tags.list(scope.tenant()).stream()
        .filter(status -> status.tag().path().equals(wanted))
        .findFirst()
        .orElseThrow(QueryTagController::unknown);
  }

  private static List<Integer> read(String path) {
    return StandardKeys.path(path)
        .filter(tags -> tags.size() <= 2)
        .orElseThrow(QueryTagController::unknown);
  }

  private static NotFoundException unknown() {
    return new NotFoundException("There is no query tag of this path.");
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST_FAILURES) {
        return limit;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw new BadParameterException("limit", "limit must be 1 to " + MOST_FAILURES + ".");
  }
}
