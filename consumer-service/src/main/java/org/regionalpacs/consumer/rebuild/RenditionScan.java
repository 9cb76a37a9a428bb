package org.regionalpacs.consumer.rebuild;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.regionalpacs.consumer.Causes;
import org.regionalpacs.consumer.Outage;
import org.regionalpacs.consumer.Places;
import org.regionalpacs.consumer.converter.RenditionManifest;
import org.regionalpacs.index.RebuildList;
import org.regionalpacs.index.RebuildList.Copy;
import org.regionalpacs.index.RebuildList.ListedRendition;
import org.regionalpacs.index.RebuildList.Position;
import org.regionalpacs.index.RebuildList.Reception;
import org.regionalpacs.index.ReceptionKey;
import org.regionalpacs.index.Renditions;
import org.regionalpacs.index.Renditions.Ending;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;

/**
 * Takes renditions up again, in the order in which they were made: of one kind the last stays. What
 * isn't wanted any more is recorded to be removed, as after a conversion that came too late.
 */
final class RenditionScan {
  private static final MessageCodec<StorageMessage> MESSAGES =
      MessageCodec.of(StorageMessage.class);
  private static final int PAGE = 200;

  private final RebuildList list;
  private final Renditions renditions;

  RenditionScan(RebuildList list, Renditions renditions) {
    this.list = list;
    this.renditions = renditions;
  }

  void run(RebuildReport report) {
    report.observer().begins("renditions", 0);
    long done = 0;
    List<ListedRendition> page = list.renditionsAfter(Position.START, PAGE);
    while (!page.isEmpty()) {
      take(page, report);
      report.observer().done(done += page.size());
      ListedRendition last = page.getLast();
      page = list.renditionsAfter(new Position(last.tenant(), last.id()), PAGE);
    }
  }

  private void take(List<ListedRendition> page, RebuildReport report) {
    Map<UUID, List<Copy>> copies =
        list.copies(page.stream().map(each -> new Position(each.tenant(), each.id())).toList());
    List<RenditionManifest> manifests =
        page.stream()
            .map(each -> RenditionManifest.read(utf8(each.manifest())).orElseThrow())
            .toList();
    Map<UUID, Reception> sources =
        list.receptions(
            manifests.stream()
                .map(each -> new Position(each.tenant(), each.receptionId()))
                .toList());
    for (RenditionManifest manifest : manifests) {
      ReceptionKey source =
          Optional.ofNullable(sources.get(manifest.receptionId()))
              .map(known -> Places.reception(MESSAGES.decode(utf8(known.message()))))
              .orElseGet(() -> named(manifest));
      take(manifest, source, copies.get(manifest.rendition()).getFirst(), report);
    }
  }

  /** One that the database refuses is no reason to have no index. */
  private void take(
      RenditionManifest manifest, ReceptionKey source, Copy copy, RebuildReport report) {
    try {
      Ending ending =
          renditions.end(source, manifest.at(WholeCopy.place(copy)), copy.blocks(), false);
      report.renditions += ending == Ending.RECORDED ? 1 : 0;
    } catch (RuntimeException e) {
      if (Outage.is(e)) {
        throw e;
      }
      report.trouble(
          "rendition %s of %s is not taken up: %s"
              .formatted(manifest.rendition(), manifest.receptionId(), Causes.of(e)));
    }
  }

  /** Its object is nowhere: it is to be removed. */
  private static ReceptionKey named(RenditionManifest manifest) {
    return new ReceptionKey(
        manifest.tenant(),
        manifest.study(),
        manifest.series(),
        manifest.sop(),
        manifest.receptionId());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
