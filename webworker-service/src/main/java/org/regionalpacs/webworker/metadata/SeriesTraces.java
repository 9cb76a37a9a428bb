package org.regionalpacs.webworker.metadata;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.regionalpacs.messages.ImageFields;
import org.regionalpacs.metadata.SeriesKey;
import org.regionalpacs.tracing.ImageTraces;
import org.regionalpacs.tracing.Stretch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ends the traces of the images that came lately with the metadata of their series. Where nobody
 * wants to know, the index isn't asked for them.
 */
final class SeriesTraces {
  private static final Logger LOG = LoggerFactory.getLogger(SeriesTraces.class);

  /** Of older images the metadata are only made anew. */
  private static final Duration LATELY = Duration.ofHours(1);

  private static final int MOST = 1000;

  private final ImageTraces traces;
  private final JdbcClient jdbc;

  SeriesTraces(ImageTraces traces, JdbcClient jdbc) {
    this.traces = traces;
    this.jdbc = jdbc;
  }

  /** Metadata were made, which took from some time to now. They are, whatever comes of this. */
  void made(SeriesKey series, Duration took) {
    if (traces == ImageTraces.NONE) {
      return;
    }
    try {
      tell(series, took);
    } catch (RuntimeException e) {
      ImageFields.of(LOG.atDebug(), series.tenant(), series.study(), series.series())
          .log("Nobody is told that metadata were made: {}", e.toString());
    }
  }

  private void tell(SeriesKey series, Duration took) {
    Instant end = Instant.now();
    Map<String, String> attributes =
        ImageFields.attributes(series.tenant(), series.study(), series.series());
    for (UUID image : receivedSince(end.minus(LATELY), series)) {
      if (traces.follows(image)) {
        traces.went(new Stretch(image, "metadata", end.minus(took), end, attributes));
      }
    }
  }

  private List<UUID> receivedSince(Instant time, SeriesKey series) {
    return jdbc.sql(
            """
            select reception_id from instance
             where tenant = ? and study_uid = ? and series_uid = ? and received > ?
             limit ?
            """)
        .params(
            series.tenant(), series.study(), series.series(), time.atOffset(ZoneOffset.UTC), MOST)
        .query(UUID.class)
        .list();
  }
}
