package org.regionalpacs.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.regionalpacs.metadata.OnlineNode.TENANT;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.index.IndexWriter;
import org.regionalpacs.index.LocationWriter;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every host keeps its own documents, and one of them doesn't answer. */
@IntegrationTest
@DirtiesContext
class DocumentsOfOtherHostsTest {
  private static final String HERE = "http://127.0.0.1:8080/dicom-web";
  private static final String AWAY = "6ec4b8a0-8a4e-4d6e-9a83-0a1d2e3f4a5b/";

  @TempDir static Path folder;

  @Autowired SeriesMetadataService service;
  @Autowired IndexWriter index;
  @Autowired LocationWriter locations;
  @Autowired JdbcClient jdbc;

  private final SampleObjects objects = SampleObjects.newStudy();
  private OnlineNode node;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    properties.add("pacs.online.root", () -> folder.resolve("online"));
    properties.add("pacs.archive.root", () -> folder.resolve("archive"));
    properties.add("pacs.derived.root", () -> folder.resolve("derived"));
    properties.add("pacs.peers.secret", () -> "a secret of thirty-two characters");
  }

  @BeforeEach
  void prepareOnTheHostThatIsAway() throws IOException {
    node = new OnlineNode(folder.resolve("online"), index, locations);
    node.receive(objects, 1, 2);
    assertThat(read()).hasSize(2);
    jdbc.sql("update series_metadata set blob_id = ? || blob_id where series_uid = ?")
        .params(AWAY, objects.seriesUid())
        .update();
  }

  private JsonNode read() throws IOException {
    try (InputStream json =
        service.open(TENANT, objects.studyUid(), objects.seriesUid(), HERE).orElseThrow().json()) {
      return new JsonMapper().readTree(json);
    }
  }

  private String kept() {
    return jdbc.sql("select blob_id from series_metadata where series_uid = ?")
        .param(objects.seriesUid())
        .query(String.class)
        .single();
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("derived"))) {
      return all.filter(each -> each.toString().contains(objects.seriesUid() + "/")).count();
    }
  }

  @Test
  void whenRead_thenItIsMadeHereOnce_andTheGoodOneStaysThatOfTheSeries() throws IOException {
    String good = kept();
    assertThat(good).startsWith(AWAY);

    assertThat(read()).hasSize(2);
    long made = files();
    assertThat(read()).hasSize(2);
    assertThat(service.frames(OnlineNode.key(objects)).orElseThrow().instances()).hasSize(2);

    assertThat(kept()).isEqualTo(good);
    assertThat(files()).as("not at each request").isEqualTo(made).isEqualTo(2);
    assertThat(
            jdbc.sql("select count(*) from discarded_metadata where blob_id like ?")
                .param("%" + objects.seriesUid() + "%")
                .query(Long.class)
                .single())
        .as("to be cleared away")
        .isEqualTo(1);
  }

  @Test
  void givenAChange_whenRead_thenItIsThere_andTheSeriesHasANewDocument() throws IOException {
    node.receive(objects, 3);

    assertThat(read()).hasSize(3);
    assertThat(kept()).doesNotStartWith(AWAY);
  }
}
