package org.regionalpacs.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A browser that is led through pages, by {@code browser.cjs}: one page after the other, in one
 * process. It ends with its input, so at the latest with this JVM.
 */
final class Browser implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Process process;
  private final Writer requests;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

  /**
   * What to do.
   *
   * @param action of {@code browser.cjs}
   * @param url the page's
   * @param language that the browser asks for, such as {@code zh-CN}
   * @param folder for screenshots
   */
  record Visit(String action, String url, String language, Path folder) {}

  private Browser(Process process) {
    this.process = process;
    this.requests = process.outputWriter();
    // Not a virtual one: it would hold a carrier for as long as the browser runs.
    Thread.ofPlatform().daemon().start(this::read);
  }

  static Browser start(List<String> command) throws IOException {
    return new Browser(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  boolean alive() {
    return process.isAlive();
  }

  /**
   * Visits a page.
   *
   * @param arguments of the action, which become JSON
   * @return what was seen
   */
  synchronized JsonNode visit(Visit visit, Object... arguments)
      throws IOException, InterruptedException {
    Map<String, Object> request =
        Map.of(
            "action", visit.action(),
            "url", visit.url(),
            "language", visit.language(),
            "folder", visit.folder().toString(),
            "arguments", arguments);
    answers.clear();
    requests.write(JSON.writeValueAsString(request) + "\n");
    requests.flush();
    String answer = answers.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (answer == null) {
      // Its answer would be taken for that to the next visit.
      process.destroyForcibly();
      throw new AssertionError("the browser doesn't answer: " + complaints);
    }
    JsonNode seen = JSON.readTree(answer);
    if (seen.has("failure")) {
      throw new AssertionError(visit + ": " + seen.path("failure").asString());
    }
    return seen;
  }

  /** Answers are lines of JSON; what else is said explains why there is none. */
  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      lines.lines().forEach(line -> (line.startsWith("{") ? answers : complaints).add(line));
      answers.add("{\"failure\": \"the browser ended\"}");
    } catch (IOException | UncheckedIOException e) {
      complaints.add(e.toString());
    }
  }

  @Override
  public void close() throws InterruptedException {
    try {
      requests.close();
    } catch (IOException e) {
      // It has ended by itself, which the last visit told.
    }
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
