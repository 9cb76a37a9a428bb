package org.regionalpacs.standalone;

import org.regionalpacs.dicom.net.RemoteAe;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whom a command sends images to: somebody named, or the product on the data folder. */
final class Peer {
  private static final String AE_TITLE = "REGIONAL_PACS";

  @Mixin DataOption data;

  @Option(
      names = "--to",
      paramLabel = "AE@HOST:PORT",
      defaultValue = Option.NULL_VALUE,
      description = "Whom to send to (default: the product that runs on the data folder).")
  String to;

  @Option(
      names = "--from",
      paramLabel = "AE",
      defaultValue = "PACS_SEND",
      description = "The AE title of this side (default: ${DEFAULT-VALUE}).")
  String from = "PACS_SEND";

  RemoteAe remote() {
    if (to == null) {
      RunState state = data.running();
      return new RemoteAe(AE_TITLE, state.address(), state.dicom());
    }
    try {
      return RemoteAe.parse(to);
    } catch (IllegalArgumentException e) {
      throw new Complaint("--to: " + e.getMessage(), e);
    }
  }
}
