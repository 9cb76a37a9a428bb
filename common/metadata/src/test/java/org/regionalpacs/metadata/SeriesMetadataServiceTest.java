package org.regionalpacs.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.regionalpacs.metadata.OnlineNode.TENANT;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.index.IndexWriter;
import org.regionalpacs.index.LocationWriter;
import org.regionalpacs.metadata.SeriesMetadataService.Generated;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@IntegrationTest
@DirtiesContext
class SeriesMetadataServiceTest {
  private static final String HERE = "http://127.0.0.1:8080/dicom-web";
  private static final String ELSEWHERE = "https://pacs.example.org/tenants/a/dicom-web";
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir static Path folder;

  @Autowired SeriesMetadataService service;
  @Autowired InstanceMetadataService instanceService;
  @Autowired DiscardedDocuments discarded;
  @Autowired IndexWriter index;
  @Autowired LocationWriter locations;
  @Autowired JdbcClient jdbc;

  private final SampleObjects objects = SampleObjects.newStudy();
  private OnlineNode node;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry properties) {
    properties.add("pacs.online.root", () -> folder.resolve("online"));
    properties.add("pacs.archive.root", () -> folder.resolve("archive"));
    properties.add("pacs.derived.root", () -> folder.resolve("derived"));
    properties.add("pacs.metadata.retry-incomplete", () -> "0s");
  }

  @BeforeEach
  void node() {
    node = new OnlineNode(folder.resolve("online"), index, locations);
  }

  @Test
  void givenASeries_whenOpened_thenEveryInstanceIsThereInOrder() throws IOException {
    node.receive(objects, 10, 2, 1, 30, 3);

    SeriesMetadataDocument document = open(HERE);
    JsonNode array = json(document);
    assertThat(numbers(array)).containsExactly(1, 2, 3, 10, 30);
    JsonNode first = array.get(0);
    assertThat(first.at("/00100010/Value/0/Alphabetic").asString())
        .isEqualTo(objects.patientName());
    assertThat(first.at("/00083002/Value/0").asString()).isEqualTo("1.2.840.10008.1.2.1");
    assertThat(first.has("00020010")).isFalse();
    assertThat(first.at("/7FE00010/BulkDataURI").asString())
        .isEqualTo(
            HERE
                + "/studies/"
                + objects.studyUid()
                + "/series/"
                + objects.seriesUid()
                + "/instances/"
                + first.at("/00080018/Value/0").asString()
                + "/bulkdata/7FE00010");
    assertThat(document.changeNumber()).isPositive();
    assertThat(document.sameBase()).isTrue();
    assertThat(bytes(document.gzip())).hasSize((int) document.gzipLength().orElseThrow());
  }

  @Test
  void givenNoSeries_whenOpened_thenEmpty() throws IOException {
    assertThat(service.open(TENANT, "1.2", "1.2.3", HERE)).isEmpty();
    assertThat(service.generate(new SeriesKey(TENANT, "1.2", "1.2.3")))
        .isEqualTo(Generated.NO_SERIES);
  }

  @Test
  void givenAnotherBaseUrl_whenOpened_thenOnlyTheUrisDiffer() throws IOException {
    node.receive(objects, IntStream.rangeClosed(1, 200).toArray());

    String here = text(open(HERE).json());
    SeriesMetadataDocument elsewhere = open(ELSEWHERE);
    assertThat(elsewhere.sameBase()).isFalse();
    assertThat(elsewhere.gzipLength()).isEmpty();
    assertThat(text(elsewhere.json())).isEqualTo(here.replace(HERE, ELSEWHERE));
    assertThat(text(new GZIPInputStream(elsewhere.gzip())))
        .isEqualTo(here.replace(HERE, ELSEWHERE));
    assertThat(text(new GZIPInputStream(open(HERE).gzip()))).isEqualTo(here);
    assertThat(elsewhere.etag()).isNotEqualTo(open(HERE).etag()).matches("\"[0-9]+-[0-9a-f]+\"");
    assertThat(elsewhere.etag()).isEqualTo(open(ELSEWHERE).etag());
    assertThat(blobs()).hasSize(1);

    ByteArrayOutputStream elements = new ByteArrayOutputStream();
    assertThat(open(HERE).writeElementsTo(elements)).isTrue();
    assertThat("[" + elements.toString(StandardCharsets.UTF_8) + "]").isEqualTo(here);
  }

  @Test
  void givenManyReadersAtOnce_whenNothingIsBuiltYet_thenItIsBuiltOnce() throws Exception {
    node.receive(objects, 1, 2, 3, 4, 5);

    Set<String> tags = new HashSet<>();
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<SeriesMetadataDocument>> documents = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        documents.add(readers.submit(() -> open(HERE)));
      }
      for (Future<SeriesMetadataDocument> document : documents) {
        tags.add(document.get().etag());
      }
    }
    assertThat(tags).hasSize(1);
    assertThat(blobs()).hasSize(1);
  }

  @Test
  void givenAnotherInstance_whenOpened_thenOnlyThatOneIsRead() throws IOException {
    List<Path> files = node.receive(objects, 1, 3, 5);
    SeriesMetadataDocument before = open(HERE);
    String etag = before.etag();
    for (Path file : files) {
      // Were they read again, they would be missing in what comes.
      Files.delete(file);
    }

    node.receive(objects, 4);
    SeriesMetadataDocument after = open(HERE);
    assertThat(numbers(json(after))).containsExactly(1, 3, 4, 5);
    assertThat(json(after).valueStream().map(each -> each.at("/00280010/Value/0").asInt()))
        .containsOnly(SampleObjects.SIZE);
    assertThat(after.changeNumber()).isGreaterThan(before.changeNumber());
    assertThat(after.etag()).isNotEqualTo(etag);
    // Whoever has the older one still reads it.
    assertThat(numbers(json(before))).containsExactly(1, 3, 5);
  }

  @Test
  void givenANewVersionOfAnInstance_whenOpened_thenItTakesThePlaceOfTheOld() throws IOException {
    Attributes image = objects.image(1);
    node.receive(image);
    node.receive(objects, 2);
    open(HERE);

    node.receive(image.setString(Tag.SeriesDescription, "changed").setInt(Tag.InstanceNumber, 9));
    JsonNode array = json(open(HERE));
    assertThat(numbers(array)).containsExactly(2, 9);
    assertThat(array.at("/1/0008103E/Value/0").asString()).isEqualTo("changed");
  }

  @Test
  void givenADamagedFile_whenOpened_thenTheOthersAreWholeAndThisOneIsToldFromTheIndex()
      throws IOException {
    List<Path> files = node.receive(objects, 1, 2, 3);
    overwrite(files.get(1), (byte) 0xFF);

    JsonNode array = json(open(HERE));
    assertThat(numbers(array)).containsExactly(1, 2, 3);
    assertThat(array.at("/1").has("00100010")).isFalse();
    assertThat(array.at("/1/0020000D/Value/0").asString()).isEqualTo(objects.studyUid());
    assertThat(array.at("/1/00083002/Value/0").asString()).isEqualTo("1.2.840.10008.1.2.1");
    assertThat(array.at("/2/00100020/Value/0").asString()).isEqualTo(objects.patientId());
    assertThat(service.generate(OnlineNode.key(objects))).isEqualTo(Generated.UP_TO_DATE);
  }

  @Test
  void givenAnUnreachableFile_whenItIsBack_thenTheDocumentIsMadeWhole() throws IOException {
    List<Path> files = node.receive(objects, 1, 2);
    Path aside = files.get(0).resolveSibling("aside");
    Files.move(files.get(0), aside);
    assertThat(service.generate(OnlineNode.key(objects))).isEqualTo(Generated.INCOMPLETE);
    assertThat(json(open(HERE)).at("/0").has("00100010")).isFalse();

    Files.move(aside, files.get(0));
    JsonNode array = json(open(HERE));
    assertThat(numbers(array)).containsExactly(1, 2);
    assertThat(array.at("/0").has("00100010")).isTrue();
    assertThat(service.generate(OnlineNode.key(objects))).isEqualTo(Generated.UP_TO_DATE);
  }

  @Test
  void givenAllBlobsAreDeleted_whenRead_thenTheyAreMadeAnew() throws IOException {
    node.receive(objects, 1, 2);
    SeriesMetadataDocument looked = open(HERE);
    String before = text(looked.json());
    SeriesMetadataDocument held = open(HERE);
    deleteBlobs();

    assertThat(text(held.json())).isEqualTo(before);
    assertThat(held.gzipLength()).hasValue(bytes(held.gzip()).length);
    assertThat(text(open(ELSEWHERE).json())).isEqualTo(before.replace(HERE, ELSEWHERE));
    assertThat(blobs()).hasSize(1);

    jdbc.sql("delete from series_metadata").update();
    assertThat(text(open(HERE).json())).isEqualTo(before);
  }

  @Test
  void givenAnotherInstance_whenTheFrameIndexIsOpened_thenOnlyThatOnesHeaderIsRead()
      throws IOException {
    List<Path> files = node.receive(objects, 1, 3);
    FrameIndex before = frames();
    assertThat(before.instances()).hasSize(2);
    for (Path file : files) {
      Files.delete(file);
    }

    node.receive(objects, 2);
    FrameIndex after = frames();

    assertThat(after.changeNumber()).isGreaterThan(before.changeNumber());
    assertThat(after.instances()).hasSize(3);
    assertThat(after.instances()).allSatisfy(one -> assertThat(one.frames()).isPresent());
    assertThat(List.of(after.instances().get(0), after.instances().get(2)))
        .usingRecursiveComparison()
        .isEqualTo(before.instances());
  }

  @Test
  void givenMetadataAndFrameIndex_whenOpened_thenTheyAreMadeAtOnceAndAreOneBlob()
      throws IOException {
    node.receive(objects, 1, 2);
    assertThat(service.generate(OnlineNode.key(objects))).isEqualTo(Generated.BUILT);
    List<Path> made = blobs();

    assertThat(frames().changeNumber()).isEqualTo(open(HERE).changeNumber());

    assertThat(blobs()).isEqualTo(made).hasSize(1);
    assertThat(service.frames(new SeriesKey(TENANT, "1.2", "1.2.3"))).isEmpty();
  }

  @Test
  void givenManyReadersOfFramesAndMetadataAtOnce_whenNothingIsBuiltYet_thenItIsBuiltOnce()
      throws Exception {
    node.receive(objects, 1, 2, 3, 4, 5);

    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> numbers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        numbers.add(readers.submit(() -> frames().changeNumber()));
        numbers.add(readers.submit(() -> open(HERE).changeNumber()));
      }
      for (Future<Long> number : numbers) {
        assertThat(number.get()).isEqualTo(open(HERE).changeNumber());
      }
    }
    assertThat(blobs()).hasSize(1);
  }

  @Test
  void givenAFrameIndexThatIsCutOrDamagedOrGone_whenOpened_thenItIsMadeAnew() throws IOException {
    node.receive(objects, 1, 2);
    List<IndexedFrames> good = frames().instances();
    for (int damage = 0; damage < 3; damage++) {
      Path blob = blobs().getFirst();
      byte[] bytes = Files.readAllBytes(blob);
      int frames = (int) open(HERE).gzipLength().orElseThrow();
      switch (damage) {
        case 0 -> Files.write(blob, Arrays.copyOf(bytes, frames + 30));
        case 1 -> {
          Arrays.fill(bytes, frames + 20, frames + 40, (byte) 0x55);
          Files.write(blob, bytes);
        }
        default -> Files.delete(blob);
      }

      assertThat(frames().instances())
          .as("damage %s", damage)
          .usingRecursiveComparison()
          .isEqualTo(good);
      discarded.remove(Duration.ZERO, 1000);
      assertThat(blobs()).hasSize(1).doesNotContain(blob);
    }
    assertThat(numbers(json(open(HERE)))).containsExactly(1, 2);
  }

  @Test
  void givenADocumentOfAnOlderFormat_whenTheFrameIndexIsOpened_thenBothAreMadeAnew()
      throws IOException {
    node.receive(objects, 1);
    frames();
    jdbc.sql("update series_metadata set format = 1, frames_size = 0 where series_uid = ?")
        .param(objects.seriesUid())
        .update();

    assertThat(frames().instances()).hasSize(1);
    assertThat(blobs()).hasSize(2);
  }

  private FrameIndex frames() throws IOException {
    return service.frames(OnlineNode.key(objects)).orElseThrow();
  }

  @Test
  void givenAStudyOfSeveralSeries_whenOpened_thenTheirDocumentsComeInOrderAndAsNewAsTheyAre()
      throws IOException {
    List<String> series = new ArrayList<>();
    for (int number : new int[] {10, 9, 2}) {
      String uid = objects.seriesUid() + "." + number;
      series.addFirst(uid);
      node.receive(numbered(uid, number, 1));
    }
    assertThat(sizes()).containsExactly(1, 1, 1);
    node.receive(numbered(series.get(1), 9, 2));

    assertThat(sizes()).containsExactly(1, 2, 1);
    assertThat(
            service.openAll(TENANT, objects.studyUid(), HERE).stream()
                .map(SeriesMetadataDocument::etag))
        .element(1)
        .isEqualTo(
            service.open(TENANT, objects.studyUid(), series.get(1), HERE).orElseThrow().etag());
    assertThat(service.openAll("other", objects.studyUid(), HERE)).isEmpty();
  }

  private Attributes numbered(String series, int number, int instance) {
    return objects
        .image(instance)
        .setString(Tag.SeriesInstanceUID, series)
        .setInt(Tag.SeriesNumber, number);
  }

  private List<Integer> sizes() throws IOException {
    List<Integer> sizes = new ArrayList<>();
    for (SeriesMetadataDocument document : service.openAll(TENANT, objects.studyUid(), HERE)) {
      sizes.add(json(document).size());
    }
    return sizes;
  }

  @Test
  void givenADamagedOlderDocument_whenTheSeriesChanges_thenAllFilesAreRead() throws IOException {
    node.receive(objects, 1, 2, 3);
    open(HERE);
    Path blob = blobs().getFirst();
    byte[] bytes = Files.readAllBytes(blob);
    for (int i = 100; i < 400; i++) {
      bytes[i] = 0;
    }
    Files.write(blob, bytes);

    node.receive(objects, 4);
    assertThat(numbers(json(open(HERE)))).containsExactly(1, 2, 3, 4);
  }

  @Test
  void givenOlderDocuments_whenTheirTimeIsUp_thenTheyAreRemoved() throws IOException {
    node.receive(objects, 1);
    open(HERE);
    node.receive(objects, 2);
    SeriesMetadataDocument current = open(HERE);
    assertThat(blobs()).hasSize(2);

    assertThat(discarded.remove(Duration.ofHours(1), 1000)).isZero();
    assertThat(blobs()).hasSize(2);
    discarded.remove(Duration.ZERO, 1000);
    assertThat(blobs()).hasSize(1);
    assertThat(numbers(json(current))).containsExactly(1, 2);
    assertThat(jdbc.sql("select count(*) from discarded_metadata").query(Long.class).single())
        .isZero();
  }

  @Test
  void givenAGeneratedDocument_whenNothingChanged_thenThereIsNothingToDo() throws IOException {
    node.receive(objects, 1);
    assertThat(service.generate(OnlineNode.key(objects))).isEqualTo(Generated.BUILT);
    assertThat(service.generate(OnlineNode.key(objects))).isEqualTo(Generated.UP_TO_DATE);
    node.receive(objects, 2);
    assertThat(service.generate(OnlineNode.key(objects))).isEqualTo(Generated.BUILT);
  }

  @Test
  void longValuesAreByReferenceAndShortOnesInline() throws IOException {
    Attributes image = objects.image(1);
    image.setBytes(Tag.ICCProfile, VR.OB, new byte[2000]);
    image.setBytes(Tag.EncapsulatedDocument, VR.OB, new byte[100]);
    image.setString(Tag.TextValue, VR.UT, "x".repeat(5000));
    image
        .newSequence(Tag.IconImageSequence)
        .add(new Attributes().setBytes(Tag.PixelData, VR.OB, new byte[16]));
    node.receive(image);

    JsonNode first = json(open(HERE)).get(0);
    assertThat(first.at("/00282000/BulkDataURI").asString()).endsWith("/bulkdata/00282000");
    assertThat(first.at("/00420011/InlineBinary").isString()).isTrue();
    assertThat(first.at("/0040A160/Value/0").asString()).hasSize(5000);
    assertThat(first.at("/00880200/Value/0/7FE00010/BulkDataURI").asString())
        .endsWith("/bulkdata/00880200/1/7FE00010");
  }

  @Test
  void theMetadataOfOneInstanceAreThoseInTheSeries() throws IOException {
    Attributes image = objects.image(1);
    node.receive(image);
    String sop = image.getString(Tag.SOPInstanceUID, "");

    List<String> from = new ArrayList<>();
    InstanceMetadata instance =
        instanceService
            .open(TENANT, objects.studyUid(), objects.seriesUid(), sop, ELSEWHERE, from::add)
            .orElseThrow();
    assertThat(from).containsOnly("online");
    assertThat(MAPPER.readTree(instance.json())).isEqualTo(json(open(ELSEWHERE)).get(0));
    assertThat(instance.etag()).startsWith("\"").endsWith("\"");
    assertThat(instanceService.open(TENANT, "1", "2", "3", HERE, from::add)).isEmpty();
  }

  private SeriesMetadataDocument open(String baseUrl) throws IOException {
    return service.open(TENANT, objects.studyUid(), objects.seriesUid(), baseUrl).orElseThrow();
  }

  private static JsonNode json(SeriesMetadataDocument document) throws IOException {
    return MAPPER.readTree(bytes(document.json()));
  }

  private static List<Integer> numbers(JsonNode array) {
    return array.valueStream().map(each -> each.at("/00200013/Value/0").asInt()).toList();
  }

  private static String text(InputStream in) throws IOException {
    return new String(bytes(in), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(InputStream in) throws IOException {
    try (in) {
      return in.readAllBytes();
    }
  }

  private static void overwrite(Path file, byte value) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, value);
    Files.write(file, bytes);
  }

  /** The blobs of this test's study. */
  private List<Path> blobs() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("derived"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().contains(objects.studyUid()))
          .toList();
    }
  }

  private void deleteBlobs() throws IOException {
    for (Path blob : blobs()) {
      Files.delete(blob);
    }
  }
}
