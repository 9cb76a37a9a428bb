package org.regionalpacs.warehouse.doris;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.regionalpacs.warehouse.Batch;
import org.regionalpacs.warehouse.Row;
import org.regionalpacs.warehouse.RowsRefusedException;
import org.regionalpacs.warehouse.Warehouse.Loaded;
import org.regionalpacs.warehouse.WarehouseUnavailableException;
import org.regionalpacs.warehouse.doris.LoadOutcome.Committed;
import org.regionalpacs.warehouse.doris.LoadOutcome.CommittedBefore;
import org.regionalpacs.warehouse.doris.LoadOutcome.Denied;
import org.regionalpacs.warehouse.doris.LoadOutcome.NotCompressed;
import org.regionalpacs.warehouse.doris.LoadOutcome.NotLoaded;
import org.regionalpacs.warehouse.doris.LoadOutcome.Refused;
import org.regionalpacs.warehouse.doris.LoadOutcome.UnderWay;
import org.regionalpacs.warehouse.doris.LoadOutcome.Unknown;

/**
 * Loads batches, each under its label, which Doris lets be loaded only once: whatever goes wrong,
 * the same may be sent again, here within the time for a load and by the caller after it. Before
 * something is sent again whose end isn't known, Doris is asked how it ended.
 */
final class StreamLoad {
  private static final int FEWEST_TRIES = 3;
  private static final Duration BETWEEN = Duration.ofMillis(100);

  private final DorisProperties settings;
  private final Frontends frontends;
  private final LoadRequest request;
  private final LoadStates states;
  private volatile boolean gzip;

  StreamLoad(DorisProperties settings, DorisHttp http, Frontends frontends) {
    this.settings = settings;
    this.frontends = frontends;
    this.request = new LoadRequest(settings, http, frontends);
    this.states = new LoadStates(settings, http, frontends);
    this.gzip = settings.gzip();
  }

  Loaded load(Batch batch) throws RowsRefusedException, WarehouseUnavailableException {
    RowChecks.check(batch.rows());
    Deadline deadline = Deadline.after(settings.loadTimeout());
    Collection<Row> rows = JsonLines.oneOfEachKey(batch.rows());
    LoadRequest.Load load = load(batch, rows);
    List<URI> order = frontends.inOrder();
    int tries = Math.max(FEWEST_TRIES, 2 * order.size());
    String last = "no time was left";
    for (int i = 0; i < tries && !deadline.passed(); i++) {
      if (i > 0) {
        LoadStates.pause(deadline.left(BETWEEN.multipliedBy(i)));
      }
      switch (request.send(order.get(i % order.size()), load, deadline)) {
        case Committed _ -> {
          return Loaded.NEW;
        }
        case CommittedBefore _ -> {
          return Loaded.BEFORE;
        }
        case Refused(String reason) ->
            throw new RowsRefusedException(batch.table().table() + ": " + reason);
        case Denied(String reason) -> throw new WarehouseUnavailableException(reason);
        case NotCompressed _ -> {
          gzip = false;
          load = load(batch, rows);
          last = "it takes no compressed rows";
        }
        case NotLoaded(String reason) -> last = reason;
        case UnderWay _ -> {
          if (committed(batch, deadline)) {
            return Loaded.BEFORE;
          }
          last = "a load with this label had failed";
        }
        case Unknown(String reason) -> {
          last = reason;
          if (committed(batch, deadline)) {
            return Loaded.NEW;
          }
        }
      }
    }
    throw new WarehouseUnavailableException(
        "Doris has not loaded " + batch.label() + ", the last reason: " + last);
  }

  private LoadRequest.Load load(Batch batch, Collection<Row> rows) {
    boolean compressed = gzip;
    return new LoadRequest.Load(
        batch.table(), batch.label(), JsonLines.write(rows, compressed), compressed);
  }

  /** Whether it was; false when the label is free. */
  private boolean committed(Batch batch, Deadline deadline) throws WarehouseUnavailableException {
    return switch (states.settled(batch.label(), deadline)) {
      case COMMITTED -> true;
      // Untold: to send it again is safe, as the label is the same.
      case FREE, UNTOLD -> false;
      case UNDER_WAY ->
          throw new WarehouseUnavailableException(
              "Doris is still loading " + batch.label() + ": it is to be tried again later");
    };
  }
}
