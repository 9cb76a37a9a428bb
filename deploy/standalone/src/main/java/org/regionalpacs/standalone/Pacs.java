package org.regionalpacs.standalone;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code ./pacs} hands its arguments to. */
@Command(
    name = "./pacs",
    description = "A regional PACS on one machine.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      StatisticsCommand.class,
      StopCommand.class,
      StartCommand.class,
      ReplayCommand.class,
      DemoCommand.class,
      SendCommand.class,
      DltCommand.class,
      ConflictsCommand.class,
      OrphansCommand.class,
      PinCommand.class,
      UnpinCommand.class,
      PinsCommand.class,
      DoctorCommand.class,
      RebuildCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "And by the script itself: ./pacs build, ./pacs test [all] [options for Maven],",
      "./pacs test chaos, ./pacs bench cstore|parse"
    })
final class Pacs implements Runnable {
  @Spec CommandSpec spec;

  public static void main(String[] args) {
    int code =
        new CommandLine(new Pacs())
            .setExecutionExceptionHandler(Pacs::complain)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(args);
    System.exit(code);
  }

  /** What the user can act on is one line; anything else is a defect and shows where it is. */
  private static int complain(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    if (failure instanceof Complaint complaint) {
      System.err.println(complaint.getMessage());
      return complaint.exitCode();
    }
    failure.printStackTrace();
    return CommandLine.ExitCode.SOFTWARE;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do.");
  }
}
