package org.regionalpacs.standalone;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "dlt",
    description =
        "Look at dead letters (messages that couldn't be processed), and send them again.",
    mixinStandardHelpOptions = true,
    subcommands = {DltListCommand.class, DltShowCommand.class, DltReplayCommand.class})
final class DltCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: list, show or replay.");
  }
}
