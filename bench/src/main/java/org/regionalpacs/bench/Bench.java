package org.regionalpacs.bench;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code ./pacs bench} hands its arguments to. */
@Command(
    name = "./pacs bench",
    description = "Measure against Orthanc, nginx, DCMTK and pydicom, in turn and in the same run.",
    mixinStandardHelpOptions = true,
    subcommands = {
      IngestCommand.class,
      MetadataCommand.class,
      FramesCommand.class,
      StudyCommand.class,
      QueryCommand.class,
      MixedCommand.class,
      ViewerCommand.class,
      GrowthCommand.class,
      CstoreCommand.class,
      ParseCommand.class,
      IntakeCommand.class,
      BlobsCommand.class,
      QidoCommand.class,
      WarehouseCommand.class,
      CodecsCommand.class,
      TransferCommand.class
    })
final class Bench implements Runnable {
  @Spec CommandSpec spec;

  public static void main(String[] args) {
    System.exit(execute(args));
  }

  /** Runs a command; its exit code. */
  static int execute(String... args) {
    return new CommandLine(new Bench())
        .setExecutionExceptionHandler(Bench::complain)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(args);
  }

  private static int complain(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    if (failure instanceof IOException) {
      command.getErr().println(failure.getMessage());
    } else {
      failure.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to measure.");
  }
}
