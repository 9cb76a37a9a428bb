package org.regionalpacs.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The product and its peers, all started; they are stopped, and their folders go, in the end. */
final class Contest implements AutoCloseable {
  private final WorkFolder work;
  private final List<String> leftOut;
  private final List<Contender> all = new ArrayList<>();
  private final Figures figures;
  private final Costs costs = new Costs();
  private final String loadBefore = Machine.load();

  private Contest(String base, WorkFolder work, List<String> leftOut) throws IOException {
    this.work = work;
    this.leftOut = leftOut;
    this.figures = new Figures(base);
  }

  /**
   * Starts those that are wanted and installed.
   *
   * @param able peers that can do the work
   */
  static Contest start(CompareOptions options, Collection<Peer> able) throws IOException {
    CompareOptions.Field field = options.field(able);
    Contest contest = new Contest(Product.NAME, WorkFolder.in(options.work), field.leftOut());
    try {
      System.err.println("Starting the product and " + field.peers());
      contest.all.add(Product.start(Product.NAME, contest.work.path().resolve("product")));
      for (Peer peer : field.peers()) {
        contest.all.add(
            switch (peer) {
              case ORTHANC -> Orthanc.start(contest.work.path());
              case NGINX -> Nginx.start(contest.work.path());
              case STORESCP -> Storescp.start(contest.work.path());
            });
      }
      return contest;
    } catch (IOException | RuntimeException e) {
      contest.close();
      throw e;
    }
  }

  /**
   * Starts products whose indexes are as large as is said; the first is the one that the others are
   * compared with.
   *
   * @param studies in the index of each
   */
  static Contest ofSizes(Path work, List<Integer> studies) throws IOException, SQLException {
    Contest contest = new Contest(sizeName(studies.getFirst()), WorkFolder.in(work), List.of());
    try {
      for (int size : studies) {
        Path folder = contest.work.path().resolve(Integer.toString(size));
        Product product = Product.start(sizeName(size), folder);
        contest.all.add(product);
        System.err.println("Filling an index of " + product.name());
        QidoIndex.fill(product.database(), size);
      }
      return contest;
    } catch (IOException | SQLException | RuntimeException e) {
      contest.close();
      throw e;
    }
  }

  /** What a product with so many studies is called. */
  static String sizeName(int studies) {
    return String.format(Locale.ROOT, "%,d studies", studies);
  }

  List<Contender> all() {
    return List.copyOf(all);
  }

  Product product() {
    return (Product) all.getFirst();
  }

  /** The product, and Orthanc where it takes part. */
  List<Archive> archives() {
    return only(Archive.class);
  }

  /** Those that answer over HTTP. */
  List<Server> servers() {
    return only(Server.class);
  }

  Optional<Nginx> nginx() {
    return only(Nginx.class).stream().findFirst();
  }

  private <T> List<T> only(Class<T> type) {
    return all.stream().filter(type::isInstance).map(type::cast).toList();
  }

  Turns turns() {
    return new Turns(all);
  }

  Figures figures() {
    return figures;
  }

  Costs costs() {
    return costs;
  }

  /** A folder of its own for what else is needed; it goes with the others. */
  Path folder(String name) throws IOException {
    return Files.createDirectories(work.path().resolve(name));
  }

  List<String> leftOut() {
    return leftOut;
  }

  String loadBefore() {
    return loadBefore;
  }

  @Override
  public void close() throws IOException {
    List<IOException> failures = new ArrayList<>();
    List<Closeable> held = new ArrayList<>();
    all.reversed().forEach(each -> held.add(each::close));
    held.add(work::close);
    for (Closeable each : held) {
      try {
        each.close();
      } catch (IOException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }
}
