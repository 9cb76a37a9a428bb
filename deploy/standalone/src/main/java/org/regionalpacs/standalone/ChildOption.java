package org.regionalpacs.standalone;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which children of the running product are meant, and how long a command waits for them. */
final class ChildOption {
  @Mixin DataOption data;

  @Parameters(
      paramLabel = "NAME",
      arity = "1..*",
      description =
          "postgresql, kafka, redis; with --separate also wado, storescp, consumer, webworker.")
  List<String> names;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "How long to wait (default: ${DEFAULT-VALUE}).")
  int seconds = 120;

  List<Child> children() {
    List<Child> all = Child.of(data.folder(), data.running());
    List<Child> wanted = new ArrayList<>();
    for (String name : names) {
      wanted.add(
          all.stream()
              .filter(child -> child.name().equals(name))
              .findFirst()
              .orElseThrow(() ->
                  new Complaint(
                      "%s is no process of its own here; these are: %s"
                          .formatted(
                              name,
                              all.stream().map(Child::name).collect(Collectors.joining(", "))))));
    }
    return wanted;
  }

  Holds holds() {
    return new Holds(data.folder());
  }
}
