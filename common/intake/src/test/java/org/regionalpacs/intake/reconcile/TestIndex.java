package org.regionalpacs.intake.reconcile;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.regionalpacs.index.Evictions;
import org.regionalpacs.intake.TestIntake;
import org.regionalpacs.intake.evict.AsideFiles;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.nodes.ReconcileTask;
import org.regionalpacs.test.Database;
import org.regionalpacs.test.RealServices;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** A real index in which a test does what consumer-service and webworker-service do. */
final class TestIndex implements AutoCloseable {
  private final HikariDataSource source = new HikariDataSource();
  final JdbcClient jdbc = JdbcClient.create(source);
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private TestIndex(Database database) {
    source.setJdbcUrl(database.url());
    source.setUsername(database.user());
    source.setPassword(database.password());
    source.setMaximumPoolSize(4);
    Flyway.configure().dataSource(source).load().migrate();
  }

  static TestIndex open() {
    return new TestIndex(RealServices.postgres());
  }

  /** Nothing is too young, nothing is read whole. */
  static ReconcileProperties properties() {
    return properties(Duration.ZERO, DataSize.ofBytes(0));
  }

  /** Nothing is too young, everything is read whole. */
  static ReconcileProperties verifying() {
    return properties(Duration.ZERO, DataSize.ofGigabytes(10));
  }

  static ReconcileProperties properties(Duration grace, DataSize verifyRate) {
    return new ReconcileProperties(
        grace, Duration.ZERO, 1000, verifyRate, DataSize.ofTerabytes(1), 1000);
  }

  /** Plans a run and does it. */
  ReconcileTask.Result reconcile(TestIntake intake, ReconcileProperties properties)
      throws Exception {
    return reconcile(intake, properties, plan(intake.objects().store().node()));
  }

  ReconcileTask.Result reconcile(TestIntake intake, ReconcileProperties properties, UUID run)
      throws Exception {
    JdbcTemplate template = new JdbcTemplate(source);
    Evictions evictions =
        new Evictions(
            template,
            new TransactionTemplate(new JdbcTransactionManager(source)),
            intake.objects().store().node());
    return new Reconciler(
            intake.objects(),
            new AsideFiles(intake.evictable(), evictions),
            jdbc,
            new TransactionTemplate(new JdbcTransactionManager(source)),
            properties,
            meters)
        .run(new ReconcileTask(run));
  }

  UUID plan(String node) {
    UUID run = UUID.randomUUID();
    jdbc.sql("insert into reconcile_run (node, run) values (?, ?)").params(node, run).update();
    return run;
  }

  /** Indexes an object and where it is, as its current version. */
  void index(StorageMessage message) {
    jdbc.sql(
            """
            insert into study (tenant, study_uid, patient_key, study_date, study_time,
              accession_number, study_id, referring_physician, description, attributes, reception_id)
            values (?, ?, ?, '', '', '', '', '', '', '{}', ?) on conflict do nothing
            """)
        .params(message.tenant(), message.study(), UUID.randomUUID(), message.receptionId())
        .update();
    jdbc.sql(
            """
            insert into series (tenant, study_uid, series_uid, modality, series_date, series_time,
              description, attributes, reception_id)
            values (?, ?, ?, 'CT', '', '', '', '{}', ?) on conflict do nothing
            """)
        .params(message.tenant(), message.study(), message.series(), message.receptionId())
        .update();
    version("instance", "", "", message);
    located(message, "online", message.node(), message.filePath());
  }

  /** Indexes an object as the repeat of another. */
  void indexRepeat(StorageMessage message, UUID current) {
    version("superseded_instance", ", superseded_by", ", '" + current + "'", message);
    located(message, "online", message.node(), message.filePath());
  }

  private void version(String table, String columns, String values, StorageMessage message) {
    jdbc.sql(
            """
            insert into %s (tenant, study_uid, series_uid, sop_uid, reception_id, sop_class,
              transfer_syntax, digest, size, data_set_offset, received%s)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? as timestamptz)%s)
            """
                .formatted(table, columns, values))
        .params(
            message.tenant(),
            message.study(),
            message.series(),
            message.sopInstance(),
            message.receptionId(),
            message.sopClass(),
            message.transferSyntax(),
            HexFormat.of().parseHex(message.digest()),
            message.fileSize(),
            message.dataSetOffset(),
            message.received().toString())
        .update();
  }

  /** Has it in the archive. */
  void archive(StorageMessage message) {
    located(message, "local", "", "archive/" + message.receptionId());
  }

  private void located(StorageMessage message, String store, String node, String blob) {
    jdbc.sql(
            """
            insert into location (tenant, reception_id, store, node, blob_id, blob_length, state)
            values (?, ?, ?, ?, ?, ?, 'available')
            """)
        .params(message.tenant(), message.receptionId(), store, node, blob, message.fileSize())
        .update();
  }

  /** State and path of an object's online file. */
  String online(StorageMessage message) {
    return jdbc.sql(
            "select state || ' ' || blob_id from location where reception_id = ? and store = 'online'")
        .param(message.receptionId())
        .query(String.class)
        .single();
  }

  /** What the last run found, as {@code KIND path}, in order. */
  List<String> findings() {
    return jdbc.sql(
            """
            select kind || ' ' || path from reconcile_finding
             where run = (select run from reconcile_run order by planned desc limit 1) order by 1
            """)
        .query(String.class)
        .list();
  }

  @Override
  public void close() {
    source.close();
  }
}
