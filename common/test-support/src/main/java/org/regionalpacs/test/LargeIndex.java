package org.regionalpacs.test;

import java.sql.Statement;
import java.util.List;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Fills the index as a region would in time: five instances a series, two series a study, two
 * studies a patient; one of 500 studies is an MR, the others are CT; each series was asked for as a
 * procedure step; three instances of ten have a rendition; query tags of series ({@code D} and
 * three digits) and instances ({@code X} and four); and one study with a series of a two-hundredth
 * of all instances. UIDs and names follow from numbers, see the methods.
 */
public final class LargeIndex {
  private static final int LONGEST_MILLISECONDS = 600_000;

  private LargeIndex() {}

  /** Study Instance UID of the n-th study, from 1. */
  public static String study(int n) {
    return "1.2.3." + n;
  }

  /** Series Instance UID of the n-th series; it is in study {@code (n + 1) / 2}. */
  public static String series(int n) {
    return "1.2.4." + n;
  }

  /** SOP Instance UID of the n-th instance; it is in series {@code (n + 4) / 5}. */
  public static String sop(int n) {
    return "1.2.5." + n;
  }

  /** The large study. */
  public static final String LARGE_STUDY = study(0);

  /** Its series. */
  public static final String LARGE_SERIES = series(0);

  /** Fills the tenant {@code default} and analyzes the tables. */
  public static void fill(JdbcTemplate jdbc, int instances) {
    int series = instances / 5;
    int studies = series / 2;
    int patients = studies / 2;
    List<String> statements =
        List.of(
            """
            insert into patient
            select 'default', md5('p' || n)::uuid, 'P' || n, '', initcap(word) || '^Jane' || n %% 499,
                   word || '^jane' || n %% 499, to_char(date '1930-01-01' + (n %% 30000), 'YYYYMMDD'), 'F',
                   jsonb_build_object('00100020', jsonb_build_object('vr', 'LO', 'Value',
                     jsonb_build_array('P' || n))),
                   md5('r' || n)::uuid
              from generate_series(1, %3$d) n, lateral (select 'n' || left(md5(n::text), 9) as word) w
            """,
            """
            insert into study
            select 'default', '1.2.3.' || n, md5('p' || (n + 1) / 2)::uuid,
                   to_char(date '2010-01-01' + (n %% 5000), 'YYYYMMDD'),
                   to_char(n %% 86400 * interval '1 second', 'HH24MISS') || '.000000',
                   'A' || n, 'I' || n, 'd' || left(md5((n %% 499)::text), 9), 'description ' || md5(n::text),
                   jsonb_build_object('0020000D', jsonb_build_object('vr', 'UI', 'Value',
                     jsonb_build_array('1.2.3.' || n))),
                   md5('r' || n)::uuid, 2, 10, 1000,
                   case when n %% 500 = 0 then array['MR'] else array['CT'] end,
                   array['1.2.840.10008.5.1.4.1.1.' || case when n %% 500 = 0 then 4 else 2 end]
              from generate_series(1, %2$d) n
            """,
            """
            insert into series (tenant, study_uid, series_uid, modality, series_number, series_date,
                   series_time, description, attributes, reception_id, change_number,
                   counted_number, metadata_number)
            select 'default', '1.2.3.' || (n + 1) / 2, '1.2.4.' || n,
                   case when (n + 1) / 2 %% 500 = 0 then 'MR' else 'CT' end, n %% 2,
                   to_char(date '2010-01-01' + (n %% 5000), 'YYYYMMDD'), '', 'part ' || md5(n::text),
                   jsonb_build_object('00400244', jsonb_build_object('vr', 'DA', 'Value',
                     jsonb_build_array(to_char(date '2010-01-01' + (n %% 5000), 'YYYYMMDD'))),
                     '00400275', jsonb_build_object('vr', 'SQ', 'Value', jsonb_build_array(
                       jsonb_build_object('00400009', jsonb_build_object('vr', 'SH', 'Value',
                         jsonb_build_array('S' || n)))))),
                   md5('r' || n)::uuid, 1, case when n %% 5000 = 0 then 0 else 1 end,
                   case when n %% 5000 = 0 then 0 else 1 end
              from generate_series(1, %1$d / 5) n
            """,
            """
            insert into instance (tenant, study_uid, series_uid, sop_uid, reception_id, sop_class,
                   transfer_syntax, digest, size, data_set_offset, instance_number, received)
            select 'default', '1.2.3.' || (n + 9) / 10, '1.2.4.' || (n + 4) / 5, '1.2.5.' || n,
                   md5('o' || n)::uuid, '1.2.840.10008.5.1.4.1.1.2', '1.2.840.10008.1.2.1',
                   decode(md5(n::text) || md5(n::text), 'hex'), 500000, 1024, n %% 5, now()
              from generate_series(1, %1$d) n
            """,
            """
            insert into study select 'default', '1.2.3.0', md5('p1')::uuid, '20200101', '', '', '',
                   '', '', '{}', md5('large')::uuid
            """,
            """
            insert into series (tenant, study_uid, series_uid, modality, series_date, series_time,
                   description, attributes, reception_id)
            select 'default', '1.2.3.0', '1.2.4.0', 'CT', '', '', '', '{}', md5('large')::uuid
            """,
            """
            insert into instance (tenant, study_uid, series_uid, sop_uid, reception_id, sop_class,
                   transfer_syntax, digest, size, data_set_offset, instance_number, received)
            select 'default', '1.2.3.0', '1.2.4.0', '1.2.5.0.' || n, md5('o' || n)::uuid,
                   '1.2.840.10008.5.1.4.1.1.2', '1.2.840.10008.1.2.1', '', 500000, 1024, n, now()
              from generate_series(1, %1$d / 200) n
            """,
            """
            insert into superseded_instance (tenant, reception_id, study_uid, series_uid, sop_uid,
                   sop_class, transfer_syntax, digest, size, data_set_offset, received,
                   superseded_by)
            select tenant, md5('s' || sop_uid)::uuid, study_uid, series_uid, sop_uid, sop_class,
                   transfer_syntax, digest, size, data_set_offset, received, reception_id
              from instance where right(sop_uid, 1) = '7'
            """,
            """
            insert into location (tenant, reception_id, store, node, blob_id, blob_length, state)
            select 'default', md5('o' || n)::uuid, store, '', 'default/' || n || '.dcm', 500000,
                   'available'
              from generate_series(1, %1$d) n, unnest(array['online', 'local']) store
            """,
            """
            insert into rendition (tenant, study_uid, series_uid, sop_uid, reception_id, kind,
                   rendition_id, terms, instance_uid, transfer_syntax, digest, size, data_set_offset)
            select tenant, study_uid, series_uid, sop_uid, reception_id, 'lossless',
                   md5('x' || sop_uid)::uuid, '', sop_uid, '1.2.840.10008.1.2.4.90', '', 200000, 1024
              from instance where right(sop_uid, 1) in ('1', '2', '3')
            """,
            """
            insert into location (tenant, reception_id, store, node, blob_id, blob_length, state,
                   derived)
            select tenant, rendition_id, 'local', '', 'default/' || rendition_id, size, 'available',
                   true
              from rendition
            """,
            """
            insert into online_study (tenant, study_uid, node, used, queued, evicted_objects, online)
            select 'default', '1.2.3.' || n, '', now() - n * interval '1 minute',
                   now() - n * interval '1 minute', n %% 2, n %% 2 = 0
              from generate_series(1, %2$d) n
            """,
            """
            insert into study_pin
            select 'default', '1.2.3.' || n, 'trial', now() - n * interval '1 second'
              from generate_series(1, %2$d / 2) n
            """,
            """
            insert into query_tag (tenant, path, creator, vr, level, state)
            select 'default', path, '', 'LO', level, 'ready'
              from (values ('00181000', 'series'), ('00321060', 'study'), ('00181400', 'instance'))
                   t(path, level)
            """,
            "update query_tag_generation set generation = generation + 1",
            """
            insert into query_tag_value
            select s.tenant, study_uid, series_uid, '', tag_id, 0, reception_id, value, value
              from series s, query_tag t, lateral (select 'D' || right(series_uid, 3) as value) v
             where t.path = '00181000'
            """,
            """
            insert into query_tag_value
            select i.tenant, study_uid, series_uid, sop_uid, tag_id, 0, reception_id, value, value
              from instance i, query_tag t, lateral (select 'X' || right(sop_uid, 4) as value) v
             where t.path = '00181400'
            """,
            """
            insert into query_tag_error
            select i.tenant, tag_id, study_uid, series_uid, sop_uid, 'it is broken'
              from instance i, query_tag t
             where t.path = '00181400' and right(sop_uid, 1) = '7'
            """,
            """
            insert into conflict (tenant, conflict_id, kind, study_uid, series_uid, sop_uid,
                   reception_id, differences, objects, last_seen)
            select 'default', md5('c' || n)::uuid, 'new-version', '1.2.3.' || n, '', '',
                   md5('c' || n)::uuid, '{}', 1, now() - n * interval '1 second'
              from generate_series(1, %2$d) n
            """,
            """
            insert into conflict_object select 'default', md5('c' || n)::uuid, md5('c' || n)::uuid
              from generate_series(1, %2$d) n
            """,
            """
            insert into change (tenant, sequence, action, study_uid, series_uid, sop_uid, happened)
            select 'default', n, 'created', '1.2.3.' || n, '', '', now() - interval '1 year'
              from generate_series(1, %1$d) n
            """,
            "update change_sequence set last = %1$d",
            // Vacuum moves new rows into the trigram indexes, as autovacuum does in time.
            "vacuum analyze");
    jdbc.execute(
        (ConnectionCallback<Void>)
            connection -> {
              // Longer than the product waits for an answer.
              connection.setNetworkTimeout(Runnable::run, LONGEST_MILLISECONDS);
              try (Statement filling = connection.createStatement()) {
                // Who listens to plans would hear one for each row that VACUUM samples.
                filling.execute("set client_min_messages = warning");
                for (String statement : statements) {
                  filling.execute(statement.formatted(instances, studies, patients));
                }
                filling.execute("reset client_min_messages");
              }
              return null;
            });
  }
}
