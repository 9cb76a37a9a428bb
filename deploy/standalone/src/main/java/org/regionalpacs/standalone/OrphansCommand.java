package org.regionalpacs.standalone;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.regionalpacs.index.PossibleOrphan;
import org.regionalpacs.index.PossibleOrphans;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "orphans",
    description = {
      "List files that FastDFS may have and nobody knows: uploads whose outcome is unknown.",
      "Each was repeated; nothing is lost but the room they take."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:listed", "1:the database doesn't answer", "2:wrong usage", "3:not running"})
final class OrphansCommand implements Callable<Integer> {
  /** Where a file's name tells its size and CRC32: the last 8 of 20 bytes, in base64. */
  private static final int FIRST_OF_SIZE = 16;

  /** The next digit is of both. */
  private static final int END_OF_SIZE = 21;

  @Mixin IndexOption index;
  @Mixin SinceOption since;
  @Mixin LimitOption limit;

  @Option(names = "--json", description = "As a JSON array.")
  boolean json;

  @Option(
      names = "--forget-before",
      paramLabel = "TIME",
      description = "Take those found before off the list, when you have looked after them.")
  Optional<String> forget = Optional.empty();

  @Override
  public Integer call() {
    int most = limit.value();
    Instant from = since.value().orElse(Instant.EPOCH);
    Optional<Instant> before = forget.map(text -> Moment.read("--forget-before", text));
    if (before.isPresent()) {
      int forgotten = index.ask(source -> orphans(source).forget(before.get()));
      System.out.printf("%,d taken off the list.%n", forgotten);
    } else {
      print(index.ask(source -> orphans(source).list(from, most)));
    }
    return 0;
  }

  private static PossibleOrphans orphans(DataSource index) {
    return new PossibleOrphans(new JdbcTemplate(index));
  }

  private void print(List<PossibleOrphan> orphans) {
    if (json) {
      ArrayNode array = JsonMapper.shared().createArrayNode();
      orphans.forEach(orphan -> array.add(json(orphan)));
      System.out.println(array.toPrettyString());
      return;
    }
    if (orphans.isEmpty()) {
      System.out.println("No possible orphans.");
      return;
    }
    for (PossibleOrphan orphan : orphans) {
      System.out.printf(
          "%s  %s  %,d of %,d bytes sent  %s%n    %s%n    %s%n",
          Moment.shown(orphan.found()),
          orphan.server().isEmpty() ? orphan.store() : orphan.server(),
          orphan.sent(),
          orphan.size(),
          place(orphan),
          Printable.of(orphan.name()),
          Printable.of(orphan.reason()));
    }
    limit.tellWhenReached(orphans);
  }

  private static String place(PossibleOrphan orphan) {
    return orphan
        .answered()
        .map(id -> "id " + Printable.of(id))
        .or(() -> pattern(orphan).map(name -> "find -name '" + name + "'"))
        .orElse("");
  }

  /**
   * What the name of the file would be on the storage's disk: it holds the size and, where all was
   * sent and so known, the CRC32. The copy that is in use has such a name too.
   */
  static Optional<String> pattern(PossibleOrphan orphan) {
    boolean named = orphan.answered().isPresent() && orphan.crc().isEmpty();
    if (named || orphan.sent() < orphan.size()) {
      return Optional.empty();
    }
    byte[] fields =
        ByteBuffer.allocate(20)
            .putInt(12, (int) orphan.size())
            .putInt(16, (int) orphan.crc().orElse(0))
            .array();
    String name = Base64.getUrlEncoder().withoutPadding().encodeToString(fields);
    int end = orphan.crc().isPresent() ? name.length() : END_OF_SIZE;
    return Optional.of("?".repeat(FIRST_OF_SIZE) + name.substring(FIRST_OF_SIZE, end) + "*");
  }

  private static ObjectNode json(PossibleOrphan orphan) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("ID", orphan.id().toString());
    node.put("Found", orphan.found().toString());
    node.put("Store", orphan.store());
    node.put("Server", orphan.server());
    node.put("Name", orphan.name());
    node.put("Size", orphan.size());
    node.put("Sent", orphan.sent());
    orphan.crc().ifPresent(crc -> node.put("CRC32", "%08x".formatted(crc)));
    pattern(orphan).ifPresent(pattern -> node.put("FileNamePattern", pattern));
    orphan.answered().ifPresent(id -> node.put("Answered", id));
    node.put("Reason", orphan.reason());
    return node;
  }
}
