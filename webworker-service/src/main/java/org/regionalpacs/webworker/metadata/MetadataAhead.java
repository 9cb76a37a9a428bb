package org.regionalpacs.webworker.metadata;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.regionalpacs.messages.ImageFields;
import org.regionalpacs.metadata.SeriesKey;
import org.regionalpacs.metadata.SeriesMetadataService;
import org.regionalpacs.metadata.SeriesMetadataService.Generated;
import org.regionalpacs.webworker.metadata.SeriesClaims.Claim;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes series and makes their documents, a few side by side; a bad one holds up no other. */
final class MetadataAhead implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetadataAhead.class);

  private final SeriesClaims claims;
  private final SeriesMetadataService service;
  private final MeterRegistry meters;
  private final SeriesTraces traces;
  private final Semaphore free;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  MetadataAhead(
      SeriesClaims claims,
      SeriesMetadataService service,
      MeterRegistry meters,
      SeriesTraces traces,
      int workers) {
    this.claims = claims;
    this.service = service;
    this.meters = meters;
    this.traces = traces;
    this.free = new Semaphore(workers);
  }

  /**
   * Works until no series is to be had; those taken last may still be worked on. Fewer than wanted
   * may only mean that another worker was faster.
   */
  void workOff() throws InterruptedException {
    boolean more = true;
    while (more) {
      free.acquire();
      int wanted = 1 + free.drainPermits();
      List<Claim> claimed = claim(wanted);
      claimed.forEach(claim -> threads.execute(() -> work(claim)));
      more = !claimed.isEmpty();
    }
  }

  private List<Claim> claim(int wanted) {
    int claimed = 0;
    try {
      List<Claim> claims = this.claims.claim(wanted);
      claimed = claims.size();
      return claims;
    } finally {
      free.release(wanted - claimed);
    }
  }

  private void work(Claim claim) {
    long start = System.nanoTime();
    try {
      Generated generated = generate(claim);
      if (generated == Generated.INCOMPLETE) {
        claims.failed(claim);
      } else {
        claims.done(claim);
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      told(generated.name(), took);
      traces.made(claim.series(), took);
      log(claim.series(), generated, took);
    } catch (Exception e) {
      // Also of the database: then the lease runs out.
      told("FAILED", Duration.ofNanos(System.nanoTime() - start));
      SeriesKey series = claim.series();
      ImageFields.of(LOG.atWarn(), series.tenant(), series.study(), series.series())
          .log(
              "No metadata made ahead: tenant={} study={} series={} attempt={}: {}",
              series.tenant(),
              series.study(),
              series.series(),
              claim.attempts(),
              e.toString());
    } finally {
      free.release();
    }
  }

  private Generated generate(Claim claim) throws IOException {
    try {
      return service.generate(claim.series());
    } catch (IOException | RuntimeException e) {
      claims.failed(claim);
      throw e;
    }
  }

  private static void log(SeriesKey series, Generated generated, Duration took) {
    LOG.debug(
        "Metadata {}: tenant={} study={} series={} ms={}",
        generated,
        series.tenant(),
        series.study(),
        series.series(),
        took.toMillis());
  }

  private void told(String outcome, Duration took) {
    meters.timer("pacs.metadata.generate", "outcome", outcome).record(took);
  }

  /** Ends what is being worked on and gives it back. */
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
    claims.giveBack();
  }
}
