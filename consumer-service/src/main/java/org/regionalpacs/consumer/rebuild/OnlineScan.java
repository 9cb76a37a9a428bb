package org.regionalpacs.consumer.rebuild;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.index.RebuildList;
import org.regionalpacs.index.RebuildList.Reception;
import org.regionalpacs.intake.OnlineListing;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;

/** Lists the files of the online store. */
final class OnlineScan {
  private static final MessageCodec<StorageMessage> CODEC = MessageCodec.of(StorageMessage.class);
  private static final int CHUNK = 500;
  private static final SideBySide READERS = new SideBySide(16);

  private final OnlineListing files;
  private final RebuildList list;

  OnlineScan(OnlineListing files, RebuildList list) {
    this.files = files;
    this.list = list;
  }

  private sealed interface Read {
    record Found(StorageMessage message) implements Read {}

    record Unreadable(String path) implements Read {}

    /** It went meanwhile. */
    record Gone() implements Read {}
  }

  void run(RebuildReport report) throws IOException {
    report.observer().begins("online files", 0);
    List<String> chunk = new ArrayList<>(CHUNK);
    long[] seen = {0};
    files.visit(path -> {
      chunk.add(path);
      if (chunk.size() == CHUNK) {
        take(chunk, report);
        report.observer().done(seen[0] += CHUNK);
        chunk.clear();
      }
    });
    take(chunk, report);
    report.observer().done(seen[0] + chunk.size());
  }

  private void take(List<String> paths, RebuildReport report) throws IOException {
    List<Reception> found = new ArrayList<>();
    for (Read read : READERS.all(paths, this::read)) {
      switch (read) {
        case Read.Found(StorageMessage message) ->
            found.add(
                new Reception(
                    message.tenant(),
                    message.receptionId(),
                    true,
                    new String(CODEC.encode(message), StandardCharsets.UTF_8)));
        case Read.Unreadable(String path) ->
            report.trouble("online file " + path + " is no object, or was damaged or cut");
        case Read.Gone _ -> {
          // An archive has it, or its deletion is known.
        }
      }
    }
    list.addReceptions(found);
  }

  private Read read(String path) {
    try {
      Optional<StorageMessage> message = files.read(path);
      return message.isPresent() ? new Read.Found(message.get()) : new Read.Unreadable(path);
    } catch (NoSuchFileException e) {
      return new Read.Gone();
    } catch (IOException e) {
      return new Read.Unreadable(path);
    }
  }
}
