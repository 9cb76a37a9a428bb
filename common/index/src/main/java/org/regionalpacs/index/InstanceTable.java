package org.regionalpacs.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;

/** The statements on {@code instance} and {@code superseded_instance}. */
final class InstanceTable {
  private static final String VERSION_COLUMNS =
      "tenant, study_uid, series_uid, sop_uid, reception_id, sop_class, transfer_syntax, digest,"
          + " size, data_set_offset, instance_number, rows, columns, bits_allocated,"
          + " number_of_frames, received";

  private static final Rows<InstanceIdentity> KEYS =
      new Rows<InstanceIdentity>()
          .text("tenant", InstanceIdentity::tenant)
          .text("study_uid", InstanceIdentity::studyUid)
          .text("series_uid", InstanceIdentity::seriesUid)
          .text("sop_uid", InstanceIdentity::sopUid);

  /**
   * Key by key: a plain join would read all partitions from end to end, because PostgreSQL doesn't
   * reckon with a key's being in one partition only. OFFSET keeps it from joining after all.
   */
  private static final String VERSIONS_OF =
      "select i.* from %%2$s cross join lateral (select "
          + VERSION_COLUMNS.replaceAll("(\\w+)", "v.$1")
          + """
            from %s v
           where v.tenant = r.tenant and v.study_uid = r.study_uid
             and v.series_uid = r.series_uid and v.sop_uid = r.sop_uid
          offset 0) i
          """;

  private static final BatchStatement<InstanceIdentity> CURRENT =
      new BatchStatement<>(KEYS, VERSIONS_OF.formatted("instance"));

  private static final BatchStatement<InstanceIdentity> SUPERSEDED =
      new BatchStatement<>(KEYS, VERSIONS_OF.formatted("superseded_instance"));

  private static final BatchStatement<Version> REPLACE =
      new BatchStatement<>(
          versionRows(new Rows<>(), version -> version),
          "insert into instance ("
              + VERSION_COLUMNS
              + ") select "
              + VERSION_COLUMNS
                  .replace("digest", "decode(digest, 'hex')")
                  .replace("received", "received::timestamptz")
              + """
               from %2$s
              on conflict (tenant, study_uid, series_uid, sop_uid) do update set
                reception_id = excluded.reception_id,
                sop_class = excluded.sop_class,
                transfer_syntax = excluded.transfer_syntax,
                digest = excluded.digest,
                size = excluded.size,
                data_set_offset = excluded.data_set_offset,
                instance_number = excluded.instance_number,
                rows = excluded.rows,
                columns = excluded.columns,
                bits_allocated = excluded.bits_allocated,
                number_of_frames = excluded.number_of_frames,
                received = excluded.received,
                indexed = now()
              """);

  private record Superseded(Version version, Version by) {}

  private static final BatchStatement<Superseded> SUPERSEDE =
      new BatchStatement<>(
          versionRows(new Rows<Superseded>(), Superseded::version)
              .uuid("superseded_by", row -> row.by().receptionId()),
          "insert into superseded_instance as s ("
              + VERSION_COLUMNS
              + ", superseded_by) select "
              + VERSION_COLUMNS
                  .replace("digest", "decode(digest, 'hex')")
                  .replace("received", "received::timestamptz")
              + """
              , superseded_by from %2$s
              on conflict (tenant, reception_id) do update set
                superseded_by = excluded.superseded_by
              where s.superseded_by <> excluded.superseded_by
              """);

  private static final BatchStatement<Version> REVIVE =
      new BatchStatement<>(
          new Rows<Version>()
              .text("tenant", version -> version.object().tenant())
              .uuid("reception_id", Version::receptionId),
          """
          delete from superseded_instance s using %2$s
           where s.tenant = r.tenant and s.reception_id = r.reception_id
          """);

  private final JdbcTemplate jdbc;
  private final RenditionTable renditions;

  InstanceTable(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
    this.renditions = new RenditionTable(jdbc);
  }

  /** The current versions of those of the instances that are known. */
  Map<InstanceIdentity, Version> current(Collection<InstanceIdentity> instances) {
    Map<InstanceIdentity, Version> found = new HashMap<>();
    CURRENT
        .query(jdbc, List.copyOf(instances), (row, _) -> version(row))
        .forEach(version -> found.put(version.identity(), version));
    return found;
  }

  /** The other versions of the instances. */
  Map<InstanceIdentity, List<Version>> superseded(Collection<InstanceIdentity> instances) {
    Map<InstanceIdentity, List<Version>> found = new HashMap<>();
    SUPERSEDED
        .query(jdbc, List.copyOf(instances), (row, _) -> version(row))
        .forEach(version ->
            found.computeIfAbsent(version.identity(), _ -> new ArrayList<>()).add(version));
    return found;
  }

  /** Makes these versions current. */
  void replace(List<Version> versions) {
    REPLACE.execute(jdbc, versions);
  }

  /** Records the versions that are not current, which lose their renditions. */
  void supersede(List<VersionHistory> histories) {
    renditions.dropOf(
        histories.stream()
            .flatMap(history -> history.superseded().stream())
            .map(version -> version.object().key())
            .toList());
    REVIVE.execute(jdbc, histories.stream().map(VersionHistory::current).toList());
    SUPERSEDE.execute(
        jdbc,
        histories.stream()
            .flatMap(history ->
                history.superseded().stream()
                    .map(version -> new Superseded(version, history.current())))
            .toList());
  }

  private static <R> Rows<R> versionRows(Rows<R> rows, Function<R, Version> version) {
    return rows.text("tenant", row -> version.apply(row).object().tenant())
        .text("study_uid", row -> version.apply(row).object().study())
        .text("series_uid", row -> version.apply(row).object().series())
        .text("sop_uid", row -> version.apply(row).object().sop())
        .uuid("reception_id", row -> version.apply(row).receptionId())
        .text("sop_class", row -> version.apply(row).object().sopClass())
        .text("transfer_syntax", row -> version.apply(row).object().transferSyntax())
        .text("digest", row -> version.apply(row).object().digest())
        .bigint("size", row -> version.apply(row).object().size())
        .integer("data_set_offset", row -> version.apply(row).object().dataSetOffset())
        .optional("instance_number", row -> version.apply(row).instance().instanceNumber())
        .optional("rows", row -> version.apply(row).instance().rows())
        .optional("columns", row -> version.apply(row).instance().columns())
        .optional("bits_allocated", row -> version.apply(row).instance().bitsAllocated())
        .optional("number_of_frames", row -> version.apply(row).instance().numberOfFrames())
        .text("received", row -> version.apply(row).object().received());
  }

  private static Version version(ResultSet row) throws SQLException {
    return new Version(
        new ReceivedObject(
            row.getString("tenant"),
            row.getObject("reception_id", UUID.class),
            row.getString("study_uid"),
            row.getString("series_uid"),
            row.getString("sop_uid"),
            row.getString("sop_class"),
            row.getString("transfer_syntax"),
            HexFormat.of().formatHex(row.getBytes("digest")),
            row.getLong("size"),
            row.getInt("data_set_offset"),
            row.getObject("received", OffsetDateTime.class).toInstant(),
            ""),
        new InstanceEntry(
            integer(row, "instance_number"),
            integer(row, "rows"),
            integer(row, "columns"),
            integer(row, "bits_allocated"),
            integer(row, "number_of_frames")));
  }

  private static OptionalInt integer(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
