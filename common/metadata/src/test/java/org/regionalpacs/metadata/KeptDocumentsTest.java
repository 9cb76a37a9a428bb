package org.regionalpacs.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.index.DeletionTarget;
import org.regionalpacs.index.DeletionWriter;
import org.regionalpacs.index.IndexWriter;
import org.regionalpacs.index.LocationWriter;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A document is made while its series is deleted. */
@IntegrationTest
@DirtiesContext
class KeptDocumentsTest {
  @TempDir static Path folder;

  @Autowired IndexWriter index;
  @Autowired LocationWriter locations;
  @Autowired DeletionWriter deletions;
  @Autowired JdbcClient jdbc;
  @Autowired PlatformTransactionManager transactions;

  private final SampleObjects objects = SampleObjects.newStudy();
  private final SeriesKey series = OnlineNode.key(objects);
  private OnlineNode node;
  private KeptDocuments documents;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry properties) {
    for (String store : new String[] {"online", "archive", "derived"}) {
      properties.add("pacs." + store + ".root", () -> folder.resolve(store));
    }
  }

  @BeforeEach
  void seriesOfOne() {
    node = new OnlineNode(folder.resolve("online"), index, locations);
    node.receive(objects, 1);
    documents = new KeptDocuments(jdbc, new TransactionTemplate(transactions));
  }

  @Test
  void givenADeletedSeries_whenItsDocumentIsDone_thenItIsNotKeptButRemoved() {
    long number = documents.state(series).orElseThrow().changeNumber();
    documents.begin(series, "blob-1");
    delete();

    assertThat(documents.keep(series, document(number, "blob-1"), "blob-1", "")).isFalse();

    assertThat(kept()).isZero();
    assertThat(discarded("blob-1")).isEqualTo(1);
  }

  @Test
  void givenASeriesThatIsThereAgain_whenTheDocumentOfTheDeletedOneIsDone_thenItIsNotCurrent() {
    long number = documents.state(series).orElseThrow().changeNumber();
    documents.begin(series, "blob-2");
    delete();
    jdbc.sql("delete from deletion").update();
    node.receive(objects, 2);

    documents.keep(series, document(number, "blob-2"), "blob-2", "");

    assertThat(documents.state(series).orElseThrow().current()).isEmpty();
  }

  @Test
  void givenAKeptDocument_whenItsSeriesIsDeleted_thenItIsToBeRemovedAtOnce() {
    documents.begin(series, "blob-3");
    documents.keep(series, document(1, "blob-3"), "blob-3", "");
    assertThat(kept()).isEqualTo(1);

    delete();

    assertThat(kept()).isZero();
    assertThat(
            jdbc.sql(
                    "select discarded < now() - interval '1 year' from discarded_metadata"
                        + " where blob_id = 'blob-3'")
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  private void delete() {
    assertThat(
            deletions.delete(
                DeletionTarget.series(series.tenant(), series.study(), series.series()),
                Duration.ZERO))
        .isPresent();
  }

  private static KeptDocument document(long number, String blob) {
    return new KeptDocument(number, blob, 10, 5, "", KeptDocument.FORMAT, true, Instant.now());
  }

  private int kept() {
    return jdbc.sql("select count(*) from series_metadata where series_uid = ?")
        .param(series.series())
        .query(Integer.class)
        .single();
  }

  private int discarded(String blob) {
    return jdbc.sql("select count(*) from discarded_metadata where blob_id = ?")
        .param(blob)
        .query(Integer.class)
        .single();
  }
}
