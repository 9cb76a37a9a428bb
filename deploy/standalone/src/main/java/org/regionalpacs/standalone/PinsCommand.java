package org.regionalpacs.standalone;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.regionalpacs.index.StudyPin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

@Command(
    name = "pins",
    description = "List the studies whose files stay online, those pinned last first.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:listed", "1:the database doesn't answer", "2:wrong usage", "3:not running"})
final class PinsCommand implements Callable<Integer> {
  @Mixin Pins pins;
  @Mixin LimitOption limit;

  @Option(names = "--json", description = "As a JSON array.")
  boolean json;

  @Override
  public Integer call() {
    int most = limit.value();
    print(pins.ask(all -> all.list(pins.tenant(), Optional.empty(), most)));
    return 0;
  }

  private void print(List<StudyPin> found) {
    if (json) {
      ArrayNode array = JsonMapper.shared().createArrayNode();
      for (StudyPin pin : found) {
        array
            .addObject()
            .put("StudyInstanceUID", pin.study())
            .put("Reason", pin.reason())
            .put("Pinned", pin.pinned().toString());
      }
      System.out.println(array.toPrettyString());
      return;
    }
    if (found.isEmpty()) {
      System.out.println("No pinned studies.");
      return;
    }
    for (StudyPin pin : found) {
      System.out.printf(
          "%s  %s  %s%n",
          Moment.shown(pin.pinned()), Printable.of(pin.study()), Printable.of(pin.reason()));
    }
    limit.tellWhenReached(found);
  }
}
