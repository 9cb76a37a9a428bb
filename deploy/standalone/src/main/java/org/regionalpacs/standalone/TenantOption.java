package org.regionalpacs.standalone;

import picocli.CommandLine.Option;

/** Whose studies. */
final class TenantOption {
  @Option(
      names = "--tenant",
      paramLabel = "TENANT",
      defaultValue = "default",
      description = "Of this hospital (default: ${DEFAULT-VALUE}).")
  String tenant = "default";
}
