package org.regionalpacs.standalone;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which product is meant: the one on this folder. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:PACS_DATA:-data}",
      description = "The data folder (default: ${DEFAULT-VALUE}).")
  Path path = Path.of("data");

  DataFolder folder() {
    return DataFolder.of(path);
  }

  /** The product that runs on the folder; complains when none does. */
  RunState running() {
    return RunState.running(folder())
        .orElseThrow(() ->
            new Complaint(
                "Not running on %s: start it with ./pacs up".formatted(folder().shown()),
                Complaint.NOT_RUNNING));
  }
}
