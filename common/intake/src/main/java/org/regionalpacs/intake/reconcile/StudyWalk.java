package org.regionalpacs.intake.reconcile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.regionalpacs.intake.reconcile.ReconcileRun.Position;

/**
 * Goes through all studies that are on the disk or in the index, in the order of tenant and Study
 * Instance UID, so that it can go on from any of them. A few studies at a time are in memory.
 */
final class StudyWalk {
  private static final int PAGE = 100;

  private final Path root;
  private final IndexView index;

  StudyWalk(Path root, IndexView index) {
    this.root = root;
    this.index = index;
  }

  /** Who is shown around. */
  interface Visitor {
    /** One series of the study; it may be only on the disk, or only in the index. */
    void series(SeriesFolder series) throws IOException, InterruptedException;

    /**
     * All series of the study were shown.
     *
     * @return whether to go on
     */
    boolean studyDone(Position study) throws InterruptedException;
  }

  /**
   * Shows all studies above a position.
   *
   * @return whether it came to the end
   */
  boolean from(Position start, Visitor visitor) throws IOException, InterruptedException {
    SortedNames tenants = new SortedNames(root);
    Optional<String> tenant =
        start.tenant().isEmpty() ? tenantAfter(tenants, "") : Optional.of(start.tenant());
    String study = start.study();
    while (tenant.isPresent()) {
      if (!tenant(tenant.get(), study, visitor)) {
        return false;
      }
      tenant = tenantAfter(tenants, tenant.get());
      study = "";
    }
    return true;
  }

  private Optional<String> tenantAfter(SortedNames tenants, String tenant) throws IOException {
    return Stream.concat(tenants.after(tenant, 1).stream(), index.tenantAfter(tenant).stream())
        .min(String::compareTo);
  }

  private boolean tenant(String tenant, String start, Visitor visitor)
      throws IOException, InterruptedException {
    SortedNames folders = new SortedNames(root.resolve(tenant));
    String last = start;
    List<String> page = page(tenant, folders, last);
    while (!page.isEmpty()) {
      if (!page(tenant, last, page, visitor)) {
        return false;
      }
      last = page.getLast();
      page = page(tenant, folders, last);
    }
    return true;
  }

  private List<String> page(String tenant, SortedNames folders, String after) throws IOException {
    return Stream.concat(
            folders.after(after, PAGE).stream(), index.studiesAfter(tenant, after, PAGE).stream())
        .distinct()
        .sorted()
        .limit(PAGE)
        .toList();
  }

  private boolean page(String tenant, String after, List<String> studies, Visitor visitor)
      throws IOException, InterruptedException {
    Map<String, SortedSet<String>> indexed = new TreeMap<>();
    for (SeriesFolder each : index.seriesUpTo(tenant, after, studies.getLast())) {
      indexed.computeIfAbsent(each.study(), _ -> new TreeSet<>()).add(each.series());
    }
    for (String study : studies) {
      SortedSet<String> series = indexed.getOrDefault(study, new TreeSet<>());
      series.addAll(folders(root.resolve(tenant).resolve(study)));
      for (String each : series) {
        visitor.series(new SeriesFolder(tenant, study, each));
      }
      if (!visitor.studyDone(new Position(tenant, study))) {
        return false;
      }
    }
    return true;
  }

  private static SortedSet<String> folders(Path study) throws IOException {
    SortedNames names = new SortedNames(study);
    SortedSet<String> all = new TreeSet<>();
    List<String> next = names.after("", PAGE);
    while (!next.isEmpty()) {
      all.addAll(next);
      next = names.after(next.getLast(), PAGE);
    }
    return all;
  }
}
