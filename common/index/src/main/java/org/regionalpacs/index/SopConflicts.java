package org.regionalpacs.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Finds SOP Instance UIDs that are in more than one series. To be asked after the batch is
 * committed: of two writers that don't see each other's rows, the one that commits later then sees
 * both.
 */
final class SopConflicts {
  /** Of a UID that everything has, say of a broken device, so many are looked at. */
  private static final int PLACES = 10;

  private record Sop(String tenant, String uid) {}

  private record Place(InstanceIdentity identity, UUID receptionId) {}

  private static final BatchStatement<InstanceIdentity> ELSEWHERE =
      new BatchStatement<>(
          new Rows<InstanceIdentity>()
              .text("tenant", InstanceIdentity::tenant)
              .text("study_uid", InstanceIdentity::studyUid)
              .text("series_uid", InstanceIdentity::seriesUid)
              .text("sop_uid", InstanceIdentity::sopUid),
          """
          select i.tenant, i.study_uid, i.series_uid, i.sop_uid, i.reception_id
            from %2$s
           cross join lateral (
                 select o.tenant, o.study_uid, o.series_uid, o.sop_uid, o.reception_id
                   from instance o
                  where o.tenant = r.tenant and o.sop_uid = r.sop_uid
                    and (o.study_uid, o.series_uid) <> (r.study_uid, r.series_uid)
                  limit
          """
              + PLACES
              + ") i");

  private final JdbcTemplate jdbc;

  SopConflicts(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  List<ConflictEntry> find(List<IndexedInstance> batch) {
    Map<InstanceIdentity, Place> mine = new HashMap<>();
    for (IndexedInstance object : batch) {
      InstanceIdentity identity = object.object().identity();
      mine.putIfAbsent(identity, new Place(identity, object.object().receptionId()));
    }
    Map<Sop, Map<InstanceIdentity, Place>> shared = new HashMap<>();
    ELSEWHERE
        .query(jdbc, List.copyOf(mine.keySet()), (row, _) -> place(row))
        .forEach(place ->
            shared
                .computeIfAbsent(sop(place.identity()), _ -> new HashMap<>())
                .put(place.identity(), place));
    mine.values().stream()
        .filter(place -> shared.containsKey(sop(place.identity())))
        .forEach(place -> shared.get(sop(place.identity())).put(place.identity(), place));
    List<ConflictEntry> found = new ArrayList<>();
    for (Map<InstanceIdentity, Place> places : shared.values()) {
      places.values().forEach(place -> found.add(entry(place, places.keySet())));
    }
    return found;
  }

  private static Place place(ResultSet row) throws SQLException {
    return new Place(
        new InstanceIdentity(
            row.getString("tenant"),
            row.getString("study_uid"),
            row.getString("series_uid"),
            row.getString("sop_uid")),
        row.getObject("reception_id", UUID.class));
  }

  private static Sop sop(InstanceIdentity identity) {
    return new Sop(identity.tenant(), identity.sopUid());
  }

  private static ConflictEntry entry(Place place, Set<InstanceIdentity> all) {
    SortedMap<String, Difference> differences = new TreeMap<>();
    differ("StudyInstanceUID", place, all, InstanceIdentity::studyUid, differences);
    differ("SeriesInstanceUID", place, all, InstanceIdentity::seriesUid, differences);
    InstanceIdentity here = place.identity();
    String subject = here.seriesUid() + "\0" + here.sopUid();
    // The place counts, not the versions that were received for it.
    UUID objectId = HashedId.of(here.studyUid() + "\0" + subject);
    return new ConflictEntry(
        ConflictKind.SOP_ELSEWHERE, subject, here, place.receptionId(), objectId, differences);
  }

  private static void differ(
      String keyword,
      Place place,
      Set<InstanceIdentity> all,
      Function<InstanceIdentity, String> uid,
      SortedMap<String, Difference> differences) {
    String here = uid.apply(place.identity());
    String others =
        all.stream()
            .map(uid)
            .filter(other -> !other.equals(here))
            .distinct()
            .sorted()
            .limit(PLACES)
            .collect(Collectors.joining("\\"));
    if (!others.isEmpty()) {
      differences.put(keyword, new Difference(others, here));
    }
  }
}
