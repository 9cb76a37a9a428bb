package org.regionalpacs.standalone;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.regionalpacs.index.StudyPin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "pin",
    description = {
      "Keep studies online: their files are never evicted.",
      "What of them was evicted comes back. Done again, it changes the reason."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:pinned",
      "1:the index doesn't know one of them, or the database doesn't answer",
      "2:wrong usage",
      "3:not running"
    })
final class PinCommand implements Callable<Integer> {
  /** As of {@code PUT /api/pins}. */
  private static final int LONGEST_REASON = 1000;

  @Mixin Pins pins;

  @Parameters(arity = "1..*", paramLabel = "STUDY", description = "Study Instance UIDs.")
  List<String> studies;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; ./pacs pins shows it.")
  String reason = "";

  @Override
  public Integer call() {
    Pins.requireUids(studies);
    if (reason.length() > LONGEST_REASON || reason.indexOf('\0') >= 0) {
      throw new Complaint(
          "--reason: a text of at most " + LONGEST_REASON + " characters", Complaint.USAGE);
    }
    return pins.ask(all -> {
      int code = 0;
      for (String study : studies) {
        Optional<StudyPin> pin = all.pin(pins.tenant(), study, reason);
        if (pin.isEmpty()) {
          System.err.printf("%s is not in the index of tenant %s.%n", study, pins.tenant());
          code = Complaint.FAILED;
        } else {
          System.out.printf("%s is pinned.%n", study);
        }
      }
      return code;
    });
  }
}
