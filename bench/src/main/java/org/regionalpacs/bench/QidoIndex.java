package org.regionalpacs.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.test.Database;

/**
 * An index as ten years of a region leave it, made by SQL: two studies a patient, two series a
 * study, an instance a series, the last study today. Names are of syllables, 27,000 family names.
 * Each series has a value of a query tag ({@code DeviceSerialNumber}), one of 500.
 */
final class QidoIndex {
  /** Days over which the studies are spread. */
  static final int DAYS = 3650;

  private static final List<String> TABLES =
      List.of("patient", "study", "series", "instance", "query_tag_value");

  private static final String SYLLABLE =
      "(array['ba','de','fi','go','hu','ka','le','mi','no','pu','ra','se','ti','vo','zu','schm',"
          + "'eid','er','mann','berg','wa','ng','xi','ao','li','an','jo','hn','so','nt'])";

  private static final List<String> FILLING =
      List.of(
          """
          insert into query_tag (tenant, path, creator, vr, level, state, series_done, series_total)
          values ('default', '00181000', '', 'LO', 'series', 'ready', 1, 1)
          """,
          "update query_tag_generation set generation = generation + 1",
          """
          insert into patient
          select 'default', md5('p' || n)::uuid, 'P' || n, '', initcap(name), name,
                 to_char(date '1930-01-01' + n % 30000, 'YYYYMMDD'), (array['F', 'M'])[1 + n % 2],
                 jsonb_build_object(
                   '00100010', jsonb_build_object('vr', 'PN', 'Value',
                     jsonb_build_array(jsonb_build_object('Alphabetic', initcap(name)))),
                   '00100020', jsonb_build_object('vr', 'LO', 'Value', jsonb_build_array('P' || n))),
                 md5('r' || n)::uuid
            from generate_series(1, :studies / 2) n,
                 lateral (select SYLLABLE[1 + n % 30] || SYLLABLE[1 + n / 30 % 30]
                                 || SYLLABLE[1 + n / 900 % 30] || '^' || SYLLABLE[1 + n / 7 % 30]
                                 || SYLLABLE[1 + n / 11 % 30] as name) w
          """,
          """
          insert into study
          select 'default', '1.2.3.' || n, md5('p' || (n + 1) / 2)::uuid,
                 to_char(current_date - n % :days, 'YYYYMMDD'),
                 to_char(n % 86400 * interval '1 second', 'HH24MISS') || '.000000',
                 'A' || n, 'I' || n, SYLLABLE[1 + n % 30] || SYLLABLE[1 + n / 30 % 30] || '^karl',
                 'description ' || md5((n % 5000)::text),
                 jsonb_build_object(
                   '0020000D', jsonb_build_object('vr', 'UI', 'Value',
                     jsonb_build_array('1.2.3.' || n)),
                   '00080050', jsonb_build_object('vr', 'SH', 'Value', jsonb_build_array('A' || n))),
                 md5('r' || n)::uuid, 2, 2, 1000,
                 array[(array['CT','CT','CR','DX','DX','US','MR','MG'])[1 + n / 3 % 8]],
                 array['1.2.840.10008.5.1.4.1.1.2']
            from generate_series(1, :studies) n
          """,
          """
          insert into series (tenant, study_uid, series_uid, modality, series_number, series_date,
                 series_time, description, attributes, reception_id, change_number,
                 counted_number, metadata_number)
          select 'default', '1.2.3.' || (n + 1) / 2, '1.2.4.' || n,
                 (array['CT','CT','CR','DX','DX','US','MR','MG'])[1 + (n + 1) / 2 / 3 % 8], n % 2,
                 to_char(current_date - (n + 1) / 2 % :days, 'YYYYMMDD'), '',
                 'part ' || md5((n % 5000)::text), '{}', md5('r' || n)::uuid, 1, 1, 1
            from generate_series(1, 2 * :studies) n
          """,
          """
          insert into instance (tenant, study_uid, series_uid, sop_uid, reception_id, sop_class,
                 transfer_syntax, digest, size, data_set_offset, instance_number, received)
          select 'default', '1.2.3.' || (n + 1) / 2, '1.2.4.' || n, '1.2.5.' || n,
                 md5('o' || n)::uuid, '1.2.840.10008.5.1.4.1.1.2', '1.2.840.10008.1.2.1', '\\x00',
                 500000, 1024, 1, now()
            from generate_series(1, 2 * :studies) n
          """,
          """
          insert into query_tag_value
          select 'default', '1.2.3.' || (n + 1) / 2, '1.2.4.' || n, '', t.tag_id, 0,
                 md5('o' || n)::uuid, 'D' || n / 2 % 500, 'D' || n / 2 % 500, null, null
            from query_tag t, generate_series(1, 2 * :studies) n
           where t.state = 'ready'
          """);

  private QidoIndex() {}

  /** Fills a database that has the schema and nothing else. */
  static void fill(Database database, int studies) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set maintenance_work_mem = '256MB'");
      // Indexes are made at once when all is there: much quicker.
      List<String> indexes = withoutIndexes(statement);
      for (String sql : FILLING) {
        statement.execute(
            sql.replace("SYLLABLE", SYLLABLE)
                .replace(":studies", Integer.toString(studies))
                .replace(":days", Integer.toString(DAYS)));
      }
      for (String index : indexes) {
        statement.execute(index);
      }
      statement.execute("vacuum analyze");
    }
  }

  private static List<String> withoutIndexes(Statement statement) throws SQLException {
    List<String> made = new ArrayList<>();
    List<String> names = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            """
            select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
              from pg_index i join pg_class c on c.oid = i.indrelid
             where not i.indisunique and c.relname in ('%s')
            """
                .formatted(String.join("', '", TABLES)))) {
      while (rows.next()) {
        names.add(rows.getString(1));
        // That of a partitioned table is made for its parts as well.
        made.add(rows.getString(2).replace(" ON ONLY ", " ON "));
      }
    }
    for (String name : names) {
      statement.execute("drop index " + name);
    }
    return made;
  }

  /** The family name of a patient. */
  static String familyName(Database database, int patient) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select split_part(name_search, '^', 1) from patient where patient_id = 'P"
                    + patient
                    + "'")) {
      row.next();
      return row.getString(1);
    }
  }

  /** A day as DICOM writes it. */
  static String day(int daysAgo) {
    return LocalDate.now().minusDays(daysAgo).format(DateTimeFormatter.BASIC_ISO_DATE);
  }
}
