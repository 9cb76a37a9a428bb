package org.regionalpacs.standalone;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "unpin",
    description = "Let the files of pinned studies be evicted again when the disk is full.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:none of them is pinned now",
      "1:the database doesn't answer",
      "2:wrong usage",
      "3:not running"
    })
final class UnpinCommand implements Callable<Integer> {
  @Mixin Pins pins;

  @Parameters(arity = "1..*", paramLabel = "STUDY", description = "Study Instance UIDs.")
  List<String> studies;

  @Override
  public Integer call() {
    Pins.requireUids(studies);
    return pins.ask(all -> {
      for (String study : studies) {
        boolean was = all.unpin(pins.tenant(), study);
        System.out.printf("%s %s.%n", study, was ? "is no longer pinned" : "was not pinned");
      }
      return 0;
    });
  }
}
