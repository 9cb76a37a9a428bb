package org.regionalpacs.standalone;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.springframework.util.unit.DataSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    description = {
      "Look at everything that the PACS needs, before its first start, when it is stopped, or",
      "while it runs, and say what to do."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all is well", "1:something is to be done", "2:wrong usage"})
final class DoctorCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int CONNECT_MILLIS = 3000;

  @Mixin DataOption data;

  @Option(
      names = "--least-free",
      paramLabel = "SIZE",
      defaultValue = "2GB",
      description = "What is to be free on each volume (default: ${DEFAULT-VALUE}).")
  String leastFree = "2GB";

  @Mixin Ports ports;

  @Override
  public Integer call() throws InterruptedException {
    DataFolder folder = data.folder();
    long least = least();
    Optional<RunState> running = RunState.running(folder);
    System.out.printf("Regional PACS %s on %s%n", Version.number(), folder.shown());
    List<Examination> examinations = new ArrayList<>();
    examinations.add(Examination.of("product", () -> product(folder, running)));
    examinations.addAll(MachineExaminations.all(running.isPresent()));
    examinations.add(new Examination("disk", new DiskExamination(folder, least)::look));
    examinations.add(Examination.of("clock", new ClockExamination(folder, Instant.now())::look));
    examinations.add(new Examination("ports", () -> ports(folder, running)));
    running.ifPresent(state -> {
      examinations.addAll(new EngineExaminations(folder, state).all());
      examinations.addAll(EngineExaminations.services(state));
    });
    examinations.addAll(new OutsideExaminations(folder).all());
    List<Diagnosis> found = Examination.all(examinations, LIMIT);
    found.forEach(each -> System.out.println(each.line()));
    long troubles = found.stream().filter(each -> !each.well()).count();
    System.out.println(
        troubles == 0 ? "All is well." : "%d of %d need you.".formatted(troubles, found.size()));
    return troubles == 0 ? 0 : Complaint.FAILED;
  }

  private long least() {
    try {
      return DataSize.parse(leastFree).toBytes();
    } catch (IllegalArgumentException e) {
      throw new Complaint("--least-free: '%s' is no size".formatted(leastFree), Complaint.USAGE);
    }
  }

  private static Diagnosis product(DataFolder folder, Optional<RunState> running) {
    if (running.isPresent()) {
      return Diagnosis.ok("product", "runs, pid " + running.get().pid());
    }
    if (InstanceLock.taken(folder)) {
      return Diagnosis.ok("product", "starts, stops, or is being rebuilt just now");
    }
    return Diagnosis.ok(
        "product",
        Files.exists(folder.postgresql())
            ? "is stopped; ./pacs up starts it"
            : "was never started here; ./pacs up makes it");
  }

  /** Free before a start, answering after it. */
  private List<Diagnosis> ports(DataFolder folder, Optional<RunState> running) {
    if (running.isPresent()) {
      RunState state = running.get();
      return List.of(
          answers("DICOM", state.address(), state.dicom()),
          answers("DICOMweb", state.address(), state.http()));
    }
    if (InstanceLock.taken(folder)) {
      return List.of();
    }
    try {
      List<String> troubles = ports.troubles();
      return troubles.isEmpty()
          ? List.of(Diagnosis.ok("ports", "all are free"))
          : troubles.stream().map(each -> Diagnosis.trouble("ports", each)).toList();
    } catch (Complaint e) {
      return List.of(Diagnosis.trouble("ports", e.getMessage()));
    }
  }

  private static Diagnosis answers(String what, String address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
      return Diagnosis.ok("ports", "%s answers on %s:%d".formatted(what, address, port));
    } catch (IOException e) {
      return Diagnosis.trouble(
          "ports",
          "%s doesn't answer on %s:%d (%s): see ./pacs status"
              .formatted(what, address, port, e.getMessage()));
    }
  }
}
