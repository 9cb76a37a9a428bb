package org.regionalpacs.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Pins studies: their files stay online, and those that were evicted come back. */
public final class StudyPins {
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final StudyLocks locks;

  public StudyPins(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = JdbcClient.create(jdbc);
    this.transaction = transaction;
    this.locks = new StudyLocks(jdbc);
  }

  /** Place of a pin in the list. */
  public record Position(Instant pinned, String study) {}

  /**
   * Pins a study, or changes the reason of its pin. From then on nothing of it is evicted: who does
   * that holds the study's lock while it looks.
   *
   * @return empty when the index knows no such study
   */
  public Optional<StudyPin> pin(String tenant, String study, String reason) {
    return transaction.execute(_ -> {
      locks.take(new StudyIdentity(tenant, study));
      Optional<StudyPin> pin =
          jdbc.sql(
                  """
                  insert into study_pin as p (tenant, study_uid, reason)
                  select tenant, study_uid, :reason from study
                   where tenant = :tenant and study_uid = :study
                  on conflict (tenant, study_uid) do update set reason = excluded.reason
                  returning study_uid, reason, pinned
                  """)
              .param("reason", reason)
              .param("tenant", tenant)
              .param("study", study)
              .query((row, _) -> pin(row))
              .optional();
      if (pin.isPresent()) {
        jdbc.sql(
                """
                update online_study set wanted = least(wanted, now())
                 where tenant = ? and study_uid = ? and evicted_objects > 0
                """)
            .params(tenant, study)
            .update();
      }
      return pin;
    });
  }

  /**
   * Takes a pin away.
   *
   * @return whether there was one
   */
  public boolean unpin(String tenant, String study) {
    return jdbc.sql("delete from study_pin where tenant = ? and study_uid = ?")
            .params(tenant, study)
            .update()
        == 1;
  }

  /** The pin of a study. */
  public Optional<StudyPin> find(String tenant, String study) {
    return jdbc.sql(
            "select study_uid, reason, pinned from study_pin where tenant = ? and study_uid = ?")
        .params(tenant, study)
        .query((row, _) -> pin(row))
        .optional();
  }

  /**
   * A page of them, the youngest first.
   *
   * @param after where the page before this one ended
   */
  public List<StudyPin> list(String tenant, Optional<Position> after, int limit) {
    StringBuilder sql =
        new StringBuilder("select study_uid, reason, pinned from study_pin where tenant = ?");
    List<Object> values = new ArrayList<>(List.of(tenant));
    after.ifPresent(position -> {
      sql.append(" and pinned <= ? and (pinned < ? or study_uid > ?)");
      OffsetDateTime time = position.pinned().atOffset(ZoneOffset.UTC);
      values.addAll(List.of(time, time, position.study()));
    });
    sql.append(" order by pinned desc, study_uid limit ?");
    values.add(limit);
    return jdbc.sql(sql.toString()).params(values).query((row, _) -> pin(row)).list();
  }

  private static StudyPin pin(ResultSet row) throws SQLException {
    return new StudyPin(
        row.getString("study_uid"),
        row.getString("reason"),
        row.getObject("pinned", OffsetDateTime.class).toInstant());
  }
}
