package org.regionalpacs.consumer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The records that wait to be tried again, in a table, so that they survive everything. */
@Component
class ParkedRecords {
  private static final Logger LOG = LoggerFactory.getLogger(ParkedRecords.class);
  private static final String KEY =
      " where tenant = ? and step = ? and topic = ? and partition = ? and record_offset = ?";

  private final JdbcTemplate jdbc;
  private final ParkingProperties properties;

  ParkedRecords(JdbcTemplate jdbc, ParkingProperties properties) {
    this.jdbc = jdbc;
    this.properties = properties;
  }

  /**
   * Takes records over.
   *
   * @throws ParkingFullException when there are too many already: then so much fails that the step
   *     should wait
   */
  void park(String step, List<Postponed> records) {
    if (records.isEmpty()) {
      return;
    }
    if (count(step) + records.size() > properties.most()) {
      throw new ParkingFullException(records.getFirst());
    }
    jdbc.batchUpdate(
        """
        insert into parked_record (tenant, step, topic, partition, record_offset, record_key,
               record_value, header_names, header_values, cause, due)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now() + ? * interval '1 millisecond')
        on conflict do nothing
        """,
        records,
        100,
        (statement, record) -> bind(statement, step, record));
    LOG.warn(
        "{} can't process {} records now, tries them again later and goes on: {}",
        step,
        records.size(),
        records.getFirst().cause());
  }

  /** How many wait. */
  long count(String step) {
    return jdbc.queryForObject(
        "select count(*) from parked_record where step = ?", Long.class, step);
  }

  /** Takes some that are due; for the time of the lease nobody else gets them. */
  List<ParkedRecord> claim(Step step, int limit, Duration lease) {
    return jdbc.query(
        """
        update parked_record p
           set due = now() + ? * interval '1 millisecond'
          from (select tenant, step, topic, partition, record_offset
                  from parked_record
                 where step = ? and due <= now()
                 order by due
                 limit ?
                   for update skip locked) d
         where (p.tenant, p.step, p.topic, p.partition, p.record_offset)
             = (d.tenant, d.step, d.topic, d.partition, d.record_offset)
        returning p.*
        """,
        (row, _) -> record(step, row),
        lease.toMillis(),
        step.group(),
        limit);
  }

  /** They need no further attempt. */
  void remove(String step, List<StorageRecord> records) {
    jdbc.batchUpdate(
        "delete from parked_record" + KEY,
        records,
        100,
        (statement, record) -> bindKey(statement, 1, step, record));
  }

  /** It failed again, or wasn't tried. */
  void postpone(String step, StorageRecord record, int attempts, String cause) {
    ConsumerRecord<String, byte[]> from = record.record();
    jdbc.update(
        "update parked_record set attempts = ?, cause = ?,"
            + " due = now() + ? * interval '1 millisecond'"
            + KEY,
        attempts,
        cause,
        properties.pause(attempts).toMillis(),
        record.message().tenant(),
        step,
        from.topic(),
        from.partition(),
        from.offset());
  }

  private void bind(PreparedStatement statement, String step, Postponed postponed)
      throws SQLException {
    ConsumerRecord<String, byte[]> record = postponed.record().record();
    Connection connection = statement.getConnection();
    List<Header> headers =
        StreamSupport.stream(record.headers().spliterator(), false)
            .filter(header -> header.value() != null)
            .toList();
    bindKey(statement, 1, step, postponed.record());
    statement.setString(6, record.key());
    statement.setBytes(7, record.value());
    statement.setArray(
        8, connection.createArrayOf("text", headers.stream().map(Header::key).toArray()));
    statement.setArray(
        9,
        connection.createArrayOf(
            "bytea", headers.stream().map(Header::value).toArray(byte[][]::new)));
    statement.setString(10, postponed.cause());
    statement.setLong(11, properties.firstPause().toMillis());
  }

  private static void bindKey(
      PreparedStatement statement, int from, String step, StorageRecord record)
      throws SQLException {
    statement.setString(from, record.message().tenant());
    statement.setString(from + 1, step);
    statement.setString(from + 2, record.record().topic());
    statement.setInt(from + 3, record.record().partition());
    statement.setLong(from + 4, record.record().offset());
  }

  private static ParkedRecord record(Step step, ResultSet row) throws SQLException {
    ConsumerRecord<String, byte[]> record =
        new ConsumerRecord<>(
            row.getString("topic"),
            row.getInt("partition"),
            row.getLong("record_offset"),
            row.getString("record_key"),
            row.getBytes("record_value"));
    String[] names = (String[]) row.getArray("header_names").getArray();
    byte[][] values = (byte[][]) row.getArray("header_values").getArray();
    for (int i = 0; i < names.length; i++) {
      record.headers().add(names[i], values[i]);
    }
    try {
      return new ParkedRecord(
          step.read(record),
          row.getInt("attempts"),
          row.getObject("parked", OffsetDateTime.class).toInstant());
    } catch (UnusableRecordException e) {
      throw new IllegalStateException("only readable records are parked", e);
    }
  }

  /** So many records fail, each for a reason of its own, that the step has to wait. */
  static final class ParkingFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Postponed.Fault fault;

    /**
     * @param first of those that can't be taken over
     */
    ParkingFullException(Postponed first) {
      super("too many records wait already: " + first.cause());
      this.fault = first.fault();
    }

    /** Whose fault it is that the first of them waits. */
    Postponed.Fault fault() {
      return fault;
    }
  }
}
