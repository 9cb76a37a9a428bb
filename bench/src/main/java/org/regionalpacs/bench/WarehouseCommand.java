package org.regionalpacs.bench;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.regionalpacs.test.Database;
import org.regionalpacs.test.RealServices;
import org.regionalpacs.warehouse.Row;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.WarehouseConfiguration;
import org.regionalpacs.warehouse.statistics.ReceivedBy;
import org.regionalpacs.warehouse.statistics.Scope;
import org.regionalpacs.warehouse.statistics.Statistics;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "warehouse",
    description = "Loading rows of images into the warehouse, against COPY and batched inserts.",
    mixinStandardHelpOptions = true)
final class WarehouseCommand implements Callable<Integer> {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 15);

  @Mixin Output output;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "50000",
      description = "Rows in a round (default: ${DEFAULT-VALUE}).")
  int rows = 50_000;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Rows of a batch (default: ${DEFAULT-VALUE}, the loader's).")
  int batch = 5000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds that count; one more goes before them (default: ${DEFAULT-VALUE}).")
  int rounds = 5;

  private final Rates loaded = new Rates();
  private final Rates copied = new Rates();
  private final Rates inserted = new Rates();
  private final Rates asked = new Rates();

  @Override
  public Integer call() throws Exception {
    String load = Machine.load();
    Database database = RealServices.postgres();
    try (AnnotationConfigApplicationContext context = context(database)) {
      Warehouse warehouse = context.getBean(Warehouse.class);
      Statistics statistics = new Statistics(warehouse);
      ask(statistics);
      try (WarehouseTrial trial = new WarehouseTrial(warehouse, database)) {
        ImageRows images = new ImageRows();
        for (int round = 0; round <= rounds; round++) {
          round(trial, images, statistics, round > 0);
        }
        agree(trial);
      }
    }
    output.write(report(load));
    return 0;
  }

  private static AnnotationConfigApplicationContext context(Database database) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.registerBean(JdbcConnectionDetails.class, () -> new At(database));
    context.register(WarehouseConfiguration.class);
    context.refresh();
    return context;
  }

  private void round(WarehouseTrial trial, ImageRows images, Statistics statistics, boolean counts)
      throws Exception {
    double load = 0;
    double copy = 0;
    double insert = 0;
    int done = 0;
    while (done < rows) {
      List<Row> next = images.next(Math.min(batch, rows - done));
      load += seconds(() -> trial.load(next));
      copy += seconds(() -> trial.copy(next));
      insert += seconds(() -> trial.insert(next));
      done += next.size();
    }
    double ask = seconds(() -> ask(statistics));
    if (counts) {
      loaded.add(rows / load);
      copied.add(rows / copy);
      inserted.add(rows / insert);
      asked.add(1000 * ask);
    }
  }

  private static void ask(Statistics statistics) throws Exception {
    statistics.received(new Scope(Set.of("default"), DAY, DAY), ReceivedBy.EQUIPMENT);
  }

  private void agree(WarehouseTrial trial) throws Exception {
    long expected = (long) rows * (rounds + 1);
    for (String table : List.of("warehouse.dicom_image_meta", "copied", "inserted")) {
      if (trial.count(table) != expected) {
        throw new IOException(table + " has not the " + expected + " rows that were loaded");
      }
    }
  }

  private static double seconds(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private String report(String loadBefore) throws IOException {
    return """
    # Loading the warehouse in PostgreSQL

    %s. Rows of CT images, 50 of a series, %d a round in batches of %d, each batch committed. In turn, %d rounds
    count; rows a second, median (lowest to highest); the ratio is the median of the ratios round by round.

    | how | rows a second | so many times as fast as the warehouse |
    |---|---:|---:|
    | the warehouse: label, COPY, upsert into partitions, sums of the series | %s | 1 |
    | batched inserts `on conflict do nothing` into a table with the same key | %s | %.2f |
    | COPY into a table without a key | %s | %.2f |

    What was received by equipment, asked after each round: %s ms.

    Load of the machine before: %s, after: %s (processes that want to run, average of a minute).

    ## Machine
    %s\
    """
        .formatted(
            LocalDate.now(),
            rows,
            batch,
            rounds,
            cell(loaded),
            cell(inserted),
            inserted.ratioTo(loaded),
            cell(copied),
            copied.ratioTo(loaded),
            cell(asked),
            loadBefore,
            Machine.load(),
            Machine.describe(List.of()));
  }

  private static String cell(Rates rates) {
    return "%.0f (%.0f to %.0f)".formatted(rates.median(), rates.lowest(), rates.highest());
  }

  private interface Work {
    void run() throws Exception;
  }

  private record At(Database database) implements JdbcConnectionDetails {
    @Override
    public String getUsername() {
      return database.user();
    }

    @Override
    public String getPassword() {
      return database.password();
    }

    @Override
    public String getJdbcUrl() {
      return database.url();
    }
  }
}
