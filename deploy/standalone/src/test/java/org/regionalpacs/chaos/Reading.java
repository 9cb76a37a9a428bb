package org.regionalpacs.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.regionalpacs.chaos.Files10.Content;

/**
 * Somebody who reads images while all is being broken: what he gets must be what was sent, and what
 * he got once must not be called unknown later. What is evicted is brought back for him.
 */
final class Reading implements AutoCloseable {
  private static final long PAUSE_MILLIS = 100;
  private static final int KEPT = 50;

  private final HttpClient client = HttpClient.newHttpClient();
  private final String studies;
  private final Ledger ledger;
  private final Random random;
  private final Set<Content> contents = new HashSet<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<String> unknown = new HashSet<>();
  private final List<String> differences = new ArrayList<>();
  private final Thread thread;
  private volatile boolean ending;

  private Reading(int port, Ledger ledger, long seed) {
    this.studies = "http://127.0.0.1:" + port + "/dicom-web/studies/";
    this.ledger = ledger;
    this.random = new Random(seed);
    this.thread = Thread.ofVirtual().name("reading").start(this::read);
  }

  static Reading start(int port, Ledger ledger, long seed) {
    return new Reading(port, ledger, seed);
  }

  private void read() {
    try {
      while (!ending) {
        List<Ledger.Entry> entries = List.copyOf(ledger.entries().values());
        if (!entries.isEmpty()) {
          read(entries.get(random.nextInt(entries.size())));
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      // It is over.
    }
  }

  private void read(Ledger.Entry entry) throws InterruptedException {
    String path = "%s/series/%s/instances/%s".formatted(entry.study(), entry.series(), entry.sop());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(studies + path))
            .header("Accept", "application/dicom; transfer-syntax=*")
            .timeout(Duration.ofSeconds(90))
            .build();
    try {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      switch (answer.statusCode()) {
        case 200 -> compare(entry, answer.body());
        case 404 -> {
          if (seen.contains(entry.sop())) {
            unknown.add(entry.sop());
          }
        }
        case 503 -> {}
        default -> differ("reading is answered " + answer.statusCode() + ": " + entry.sop());
      }
    } catch (IOException e) {
      // Nobody there, or it broke off.
    }
  }

  private void compare(Ledger.Entry entry, byte[] body) {
    seen.add(entry.sop());
    try {
      contents.add(new Content(entry.sop(), Files10.read(body).digest()));
    } catch (IOException e) {
      differ("reading gives no object: " + e + ": " + entry.sop());
    }
  }

  private void differ(String what) {
    if (differences.size() < KEPT) {
      differences.add(what);
    }
  }

  /** How many images were read. */
  int images() {
    return seen.size();
  }

  /** What was not as it should be. */
  List<String> differences() {
    close();
    List<String> all = new ArrayList<>(differences);
    // Only now the outcome of all sendings and deletions is known.
    Map<String, Ledger.Entry> entries = ledger.entries();
    for (Content content : contents) {
      Ledger.Entry entry = entries.get(content.sop());
      if (entry.attempts().stream().noneMatch(each -> each.digest().equals(content.digest()))) {
        all.add("reading gave " + content.digest() + ": " + entry);
      }
    }
    for (String sop : unknown) {
      Ledger.Entry entry = entries.get(sop);
      if (!entry.has(Outcome.DELETED) && !entry.has(Outcome.PERHAPS_DELETED)) {
        all.add("called unknown after it was read: " + entry);
      }
    }
    return all;
  }

  @Override
  public void close() {
    ending = true;
    try {
      thread.join(Duration.ofSeconds(100));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
