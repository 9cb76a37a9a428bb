package org.regionalpacs.warehouse.doris;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.regionalpacs.warehouse.Batch;
import org.regionalpacs.warehouse.RowsRefusedException;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.WarehouseQuery;
import org.regionalpacs.warehouse.WarehouseUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The warehouse in Apache Doris. Once by labels, and in the meta tables by keys too; in the tables
 * of logs two batches with different labels may both have a row of the same key.
 *
 * <p>Timed as {@code pacs.warehouse.loads} by table and outcome ({@code new}, {@code before},
 * {@code refused}, {@code unavailable}), and {@code pacs.warehouse.queries} by outcome.
 */
public final class DorisWarehouse implements Warehouse, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DorisWarehouse.class);

  private final DorisHttp http;
  private final StreamLoad loads;
  private final DorisQueries queries;
  private final MeterRegistry meters;

  public DorisWarehouse(DorisProperties settings, MeterRegistry meters) {
    this.http = new DorisHttp(settings);
    this.loads =
        new StreamLoad(
            settings,
            http,
            new Frontends(settings.frontends(), settings.pause(), InstantSource.system()));
    this.queries = new DorisQueries(settings);
    this.meters = meters;
  }

  @Override
  public String name() {
    return "doris";
  }

  @Override
  public Loaded load(Batch batch) throws RowsRefusedException, WarehouseUnavailableException {
    Timer.Sample sample = Timer.start(meters);
    String outcome = "failed";
    try {
      Loaded loaded = loads.load(batch);
      outcome = loaded == Loaded.NEW ? "new" : "before";
      return loaded;
    } catch (RowsRefusedException e) {
      outcome = "refused";
      LOG.warn("Doris refused rows of the load {}: {}", batch.label(), e.getMessage());
      throw e;
    } catch (WarehouseUnavailableException e) {
      outcome = "unavailable";
      throw e;
    } finally {
      sample.stop(
          meters.timer("pacs.warehouse.loads", "table", batch.table().table(), "outcome", outcome));
    }
  }

  @Override
  public <T> List<T> query(WarehouseQuery query, Function<List<Object>, T> row)
      throws WarehouseUnavailableException {
    Timer.Sample sample = Timer.start(meters);
    String outcome = "failed";
    try {
      List<T> rows = queries.query(query, row);
      outcome = "done";
      return rows;
    } finally {
      sample.stop(meters.timer("pacs.warehouse.queries", "outcome", outcome));
    }
  }

  /** Executes what changes the tables and may be done twice. */
  void execute(String sql) throws SQLException {
    queries.execute(sql);
  }

  /** Whether a frontend answers a query. */
  boolean answers() {
    return queries.answers();
  }

  @Override
  public void close() {
    queries.close();
    http.close();
  }
}
