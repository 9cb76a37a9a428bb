package org.regionalpacs.webworker.changes;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far each webhook has been told, and who tells it now. */
final class WebhookTable {
  private final JdbcClient jdbc;
  private final UUID holder = UUID.randomUUID();

  WebhookTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What is known of a webhook.
   *
   * @param sequence the last change it was told
   * @param failures since it answered last
   */
  record State(long sequence, int failures) {}

  /** Makes its row: it is told what changes from now on. */
  void know(String name) {
    jdbc.sql(
            """
            insert into webhook (name, sequence) select ?, last from change_sequence
            on conflict (name) do nothing
            """)
        .param(name)
        .update();
  }

  /**
   * Takes a webhook for some time, or goes on having it.
   *
   * @return empty when it rests, or another process has it
   */
  Optional<State> take(String name, Duration lease) {
    return jdbc.sql(
            """
            update webhook
               set holder = :holder, held_until = now() + make_interval(secs => :lease)
             where name = :name and not_before <= now()
               and (holder is null or holder = :holder or held_until < now())
            returning sequence, failures
            """)
        .param("holder", holder)
        .param("lease", lease.toMillis() / 1000.0)
        .param("name", name)
        .query((row, _) -> new State(row.getLong("sequence"), row.getInt("failures")))
        .optional();
  }

  /**
   * It was told all up to a change.
   *
   * @return false when another process has it meanwhile
   */
  boolean told(String name, long sequence) {
    return jdbc.sql(
                """
                update webhook set sequence = :sequence, failures = 0
                 where name = :name and holder = :holder
                """)
            .param("sequence", sequence)
            .param("name", name)
            .param("holder", holder)
            .update()
        == 1;
  }

  /** It can't be told now; it rests, and any process may try again after that. */
  void failed(String name, Duration rest) {
    jdbc.sql(
            """
            update webhook
               set failures = failures + 1, holder = null,
                   not_before = now() + make_interval(secs => :rest)
             where name = :name and holder = :holder
            """)
        .param("rest", rest.toMillis() / 1000.0)
        .param("name", name)
        .param("holder", holder)
        .update();
  }

  /** Leaves it to any process. */
  void leave(String name) {
    jdbc.sql("update webhook set holder = null where name = ? and holder = ?")
        .params(name, holder)
        .update();
  }
}
