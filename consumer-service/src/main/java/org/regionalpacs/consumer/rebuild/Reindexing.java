package org.regionalpacs.consumer.rebuild;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.regionalpacs.consumer.DeadLetter;
import org.regionalpacs.consumer.Isolation;
import org.regionalpacs.consumer.Places;
import org.regionalpacs.consumer.Postponed;
import org.regionalpacs.consumer.Step;
import org.regionalpacs.consumer.StepResult;
import org.regionalpacs.consumer.StorageRecord;
import org.regionalpacs.consumer.indexer.Indexer;
import org.regionalpacs.index.Evictions;
import org.regionalpacs.index.LocationWriter;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.regionalpacs.index.RebuildList;
import org.regionalpacs.index.RebuildList.Copy;
import org.regionalpacs.index.RebuildList.Position;
import org.regionalpacs.index.RebuildList.Reception;
import org.regionalpacs.index.StudyIdentity;
import org.regionalpacs.index.Tombstones;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.Topics;

/**
 * Has everything in the list indexed as when it was received: by the indexer, in the order of
 * reception. What only archives have is recorded as evicted.
 */
final class Reindexing {
  private static final MessageCodec<StorageMessage> CODEC = MessageCodec.of(StorageMessage.class);
  private static final int BATCH = 500;

  /** Pinned studies that aren't online are asked for at once. */
  private static final long WANTED_AGAIN_SECONDS = 0;

  private final RebuildList list;
  private final WholeCopy copies;
  private final Tombstones tombstones;
  private final LocationWriter locations;
  private final Step inOrder;
  private final Evictions evictions;
  private final List<Duration> pauses;

  /**
   * @param pauses before each time that is tried again what an archive doesn't give
   */
  Reindexing(
      RebuildList list,
      WholeCopy copies,
      Tombstones tombstones,
      LocationWriter locations,
      Indexer indexer,
      Evictions evictions,
      List<Duration> pauses) {
    this.list = list;
    this.copies = copies;
    this.tombstones = tombstones;
    this.locations = locations;
    this.inOrder = new InOrder(indexer);
    this.evictions = evictions;
    this.pauses = pauses;
  }

  private record InOrder(Indexer indexer) implements Step {
    @Override
    public String group() {
      return indexer.group();
    }

    @Override
    public StepResult process(List<StorageRecord> batch) throws Exception {
      return indexer.processInOrder(batch);
    }
  }

  private record Listed(StorageMessage message, boolean online) {}

  /**
   * Indexes all.
   *
   * @throws IllegalStateException when the list lost rows meanwhile
   * @throws RebuildException when an archive doesn't answer, and may later
   * @throws Exception when the database or Kafka can't be reached
   */
  void run(RebuildReport report) throws Exception {
    long total = list.size();
    report.observer().begins("objects", total);
    long done = 0;
    Position position = Position.START;
    List<Reception> page = list.receptionsAfter(position, BATCH);
    while (!page.isEmpty()) {
      index(page.stream().map(Reindexing::listed).toList(), report);
      report.observer().done(done += page.size());
      position = new Position(page.getLast().tenant(), page.getLast().id());
      page = list.receptionsAfter(position, BATCH);
    }
    if (done != total) {
      throw new IllegalStateException(
          "the list had %d objects, and %d of them were there".formatted(total, done));
    }
  }

  private static Listed listed(Reception reception) {
    byte[] json = reception.message().getBytes(StandardCharsets.UTF_8);
    return new Listed(CODEC.decode(json), reception.online());
  }

  private void index(List<Listed> page, RebuildReport report) throws Exception {
    Set<UUID> dead =
        tombstones
            .dead(page.stream().map(each -> Places.reception(each.message())).toList())
            .keySet();
    placeCopies(page, dead, report);
    List<StorageMessage> evicted =
        page.stream()
            .filter(each -> !each.online() && !dead.contains(each.message().receptionId()))
            .map(Listed::message)
            .toList();
    locations.evicted(
        evicted.stream().map(each -> Places.at(each, Places.location(each))).toList());
    // The dead ones' files are found to be removed; the archived copies of others were, above.
    List<StorageRecord> records = new ArrayList<>();
    page.stream().filter(Listed::online).forEach(each -> records.add(record(each.message())));
    evicted.forEach(each -> records.add(record(each)));
    if (!records.isEmpty()) {
      indexRecords(records, report);
    }
    for (StudyIdentity study : studies(evicted)) {
      evictions.counted(study, WANTED_AGAIN_SECONDS);
    }
    report.dead += dead.size();
    report.archived += evicted.size();
    report.online +=
        page.stream()
            .filter(each -> each.online() && !dead.contains(each.message().receptionId()))
            .count();
  }

  private void placeCopies(List<Listed> page, Set<UUID> dead, RebuildReport report)
      throws IOException {
    Map<UUID, List<Copy>> found =
        list.copies(
            page.stream()
                .map(each -> new Position(each.message().tenant(), each.message().receptionId()))
                .toList());
    List<PlacedObject> places = new ArrayList<>();
    List<PlacedObject> others = new ArrayList<>();
    for (Listed each : page) {
      StorageMessage message = each.message();
      List<Copy> all = found.getOrDefault(message.receptionId(), List.of());
      if (!dead.contains(message.receptionId())) {
        for (Copy copy : copies.of(message, all, report)) {
          places.add(placed(message, copy));
        }
      } else {
        Set<String> stores = new HashSet<>();
        all.forEach(
            copy -> (stores.add(copy.store()) ? places : others).add(placed(message, copy)));
      }
    }
    locations.upsert(places);
    // One place of a store at a time: second copies of dead objects.
    others.forEach(place -> locations.upsert(List.of(place)));
  }

  private static PlacedObject placed(StorageMessage message, Copy copy) {
    return new PlacedObject(Places.reception(message), WholeCopy.place(copy), copy.blocks());
  }

  private static StorageRecord record(StorageMessage message) {
    return new StorageRecord(
        new ConsumerRecord<>(Topics.STORAGE, 0, 0, message.study(), CODEC.encode(message)),
        message);
  }

  /** What an archive that is away may have must not be missing in an index that counts as whole. */
  private void indexRecords(List<StorageRecord> records, RebuildReport report) throws Exception {
    StepResult left = Isolation.process(inOrder, records);
    for (Duration pause : pauses) {
      Optional<Postponed> away = away(left);
      if (away.isEmpty()) {
        break;
      }
      report
          .observer()
          .waits(
              "An archive is away (%s): tried again in %d s"
                  .formatted(away.get().cause(), pause.toSeconds()));
      Thread.sleep(pause);
      left = Isolation.process(inOrder, records);
    }
    Optional<Postponed> away = away(left);
    if (away.isPresent()) {
      throw new RebuildException(
          "%s can't be read: %s. The index isn't whole: see to it, and run this again."
              .formatted(uids(away.get().record().message()), away.get().cause()));
    }
    tell(left, report);
  }

  private static Optional<Postponed> away(StepResult left) {
    return left.later().stream().filter(Postponed::storeAway).findFirst();
  }

  private static void tell(StepResult left, RebuildReport report) {
    for (DeadLetter letter : left.unusable()) {
      report.trouble(
          uids(CODEC.decode(letter.record().value())) + " is not indexed: " + letter.cause());
    }
    for (Postponed later : left.later()) {
      report.trouble(uids(later.record().message()) + " is not indexed: " + later.cause());
    }
  }

  private static String uids(StorageMessage message) {
    return "tenant=%s study=%s series=%s sop=%s reception=%s"
        .formatted(
            message.tenant(),
            message.study(),
            message.series(),
            message.sopInstance(),
            message.receptionId());
  }

  private static Set<StudyIdentity> studies(List<StorageMessage> messages) {
    Set<StudyIdentity> studies = new HashSet<>();
    messages.forEach(each -> studies.add(new StudyIdentity(each.tenant(), each.study())));
    return studies;
  }
}
