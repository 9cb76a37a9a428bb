package org.regionalpacs.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * C-STORE by DCMTK's {@code storescu} or {@code dcmsend}, read from what they say.
 *
 * @param program which of the two
 * @param scratch folder for the files to be sent
 */
record DcmtkScu(String program, int port, Path scratch) implements Way {
  private static final long LIMIT_SECONDS = 120;
  private static final AtomicInteger RUNS = new AtomicInteger();

  static boolean installed() {
    return Files.isExecutable(Path.of("/usr/bin/storescu"))
        && Files.isExecutable(Path.of("/usr/bin/dcmsend"));
  }

  @Override
  public String name() {
    return program;
  }

  @Override
  public List<Result> send(List<SentObject> objects) throws InterruptedException {
    Path folder = scratch.resolve(program + RUNS.incrementAndGet());
    try {
      Files.createDirectories(folder);
      List<String> line = new ArrayList<>(List.of(program, "-v", "-aec", "REGIONAL_PACS"));
      line.addAll(List.of("-to", "10", "-td", "45", "127.0.0.1", String.valueOf(port)));
      for (SentObject object : objects) {
        // In the order of the command line, whatever the program makes of it.
        line.add(Files.write(folder.resolve(object.sop() + ".dcm"), object.part10()).toString());
      }
      return results(run(line, folder.resolve("output")), objects);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> run(List<String> line, Path output)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    return Files.readAllLines(output);
  }

  /** A request in the output is followed by its response, if one came. */
  private List<Result> results(List<String> output, List<SentObject> objects) {
    Map<Integer, Result> byOrder = new HashMap<>();
    int sending = -1;
    for (String line : output) {
      if (line.contains("Sending C-STORE Request") || line.contains("Sending Store Request")) {
        sending++;
        byOrder.put(sending, new Result(Outcome.UNKNOWN, "no response"));
      } else if (line.contains("C-STORE Response (") || line.contains("Store Response (")) {
        String status = line.substring(line.indexOf('(') + 1, line.lastIndexOf(')'));
        boolean stored = status.equals("Success") || status.startsWith("Warning");
        byOrder.put(sending, new Result(stored ? Outcome.ACCEPTED : Outcome.REFUSED, status));
      }
    }
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < objects.size(); i++) {
      results.add(byOrder.getOrDefault(i, Result.UNSENT));
    }
    return results;
  }
}
