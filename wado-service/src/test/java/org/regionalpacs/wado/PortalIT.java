package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.index.ChangeSequencer;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.annotation.Autowired;

/** The start page over HTTP; what a browser makes of it is tested with the whole product. */
class PortalIT extends WadoIT {
  private static final String TENANT = "/tenants/fourth";
  private static final Pattern KNOWN = Pattern.compile("arrivals\\?known=(-?\\d+)");

  @Autowired ChangeSequencer sequencer;

  private final SampleObjects wang = SampleObjects.newStudy();

  @BeforeAll
  void storeStudy() {
    byte[] object =
        part10(
            wang.image(1)
                .setString(Tag.PatientName, "Wang^XiaoDong=王^小东")
                .setString(Tag.StudyDate, "20250102")
                .setString(Tag.StudyDescription, "<script>alert(1)</script>"));
    assertThat(store(TENANT + "/dicom-web/studies", object).status()).isEqualTo(200);
    indexer.index(1);
    number();
  }

  @Test
  void givenAStudy_whenThePageIsOpened_thenItIsInTheListWithLinksToViewerAndDownload() {
    Answer page = open(TENANT + "/");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=utf-8");
    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    assertThat(text(page))
        .contains("Wang, XiaoDong (王小东)", "2025-01-02")
        .contains("href=\"viewer/viewer?StudyInstanceUIDs=" + wang.studyUid() + "\"")
        .contains("href=\"dicom-web/studies/" + wang.studyUid() + "?accept=application/zip\"");
  }

  @Test
  void givenTextOfOthers_thenItIsTextAndNoScript() {
    Answer page = open(TENANT + "/");

    assertThat(text(page)).contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert");
    assertThat(page.header("Content-Security-Policy"))
        .contains(
            "default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-src 'self';")
        .doesNotContain("unsafe", "http");
    assertThat(text(page)).doesNotContain("style=", " onclick", "http-equiv");
  }

  @Test
  void givenNoSlashAtTheEnd_thenItIsTheSamePlaceWithOne() {
    Answer answer = open(TENANT);

    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("Location")).isEqualTo("fourth/");
  }

  @Test
  void givenAnotherTenant_thenItsPageHasNothingOfThisOne() {
    assertThat(text(open("/tenants/third/"))).doesNotContain(wang.studyUid());
    assertThat(text(open("/tenants/third/portal/arrivals"))).doesNotContain(wang.studyUid());
    assertThat(open("/tenants/nobody/").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "name=wang+xiao, true",
    "name=%E7%8E%8B%E5%B0%8F%E4%B8%9C, true",
    "name=%E6%9D%8E, false",
    "from=2025-01-02&to=2025-01-02, true",
    "from=2025-01-03, false",
    "modality=ct&from=2025-01-02, true",
    "modality=MR, false"
  })
  void givenASearch_thenTheListHasWhatIsLikeThat(String query, boolean found) {
    Answer list = open(TENANT + "/portal/studies?" + query);

    assertThat(list.status()).isEqualTo(200);
    assertThat(text(list).contains(wang.studyUid())).isEqualTo(found);
  }

  @ParameterizedTest
  @ValueSource(strings = {"portal/studies?from=tomorrow", "portal/arrivals?known=x", "?page=x"})
  void givenWhatCannotBe_thenTheProblemIsTold(String request) {
    Answer answer = open(TENANT + "/" + request);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("detail").asString()).contains("must be");
  }

  @ParameterizedTest
  @CsvSource({
    "zh-CN;q=0.9,en;q=0.5, '', 患者编号",
    "de;q=0.9,en;q=0.5, '', Patient ID",
    "fr, '', Patient ID",
    "en, pacs-lang=zh, 患者编号"
  })
  void givenALanguage_thenThePageIsInIt(String accepted, String cookie, String text) {
    Answer page = open(TENANT + "/", "Accept-Language", accepted, "Cookie", cookie);

    assertThat(text(page)).contains(text);
  }

  @Test
  void givenALanguageIsChosen_thenItIsRemembered() {
    Answer page = open(TENANT + "/?lang=zh");

    assertThat(text(page)).contains("<html lang=\"zh\"", "患者编号");
    assertThat(page.header("Set-Cookie")).contains("pacs-lang=zh", "HttpOnly", "SameSite=Lax");
  }

  @Test
  void givenSomethingArrives_thenTheListHasItAndIsOtherwiseNotSentAgain() {
    Answer first = open(TENANT + "/portal/arrivals");
    assertThat(text(first)).contains(wang.studyUid(), "1 images");

    String known = known(first);
    assertThat(open(TENANT + "/portal/arrivals?known=" + known).status()).isEqualTo(204);

    SampleObjects next = SampleObjects.newStudy();
    assertThat(store(TENANT + "/dicom-web/studies", part10(next.image(1))).status()).isEqualTo(200);
    indexer.index(1);
    number();

    Answer second = arrivalsAfter(known);
    assertThat(second.header("HX-Trigger")).isEqualTo("arrived");
    assertThat(text(second)).containsSubsequence(next.studyUid(), wang.studyUid());
  }

  /** They are looked up once a second. */
  private Answer arrivalsAfter(String known) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    Answer answer = open(TENANT + "/portal/arrivals?known=" + known);
    while (answer.status() == 204 && System.nanoTime() < deadline) {
      answer = open(TENANT + "/portal/arrivals?known=" + known);
    }
    assertThat(answer.status()).isEqualTo(200);
    return answer;
  }

  @Test
  void givenServicesThatDoNotAnswer_thenTheHealthSaysWhichAndWhatElseThereIs() {
    String text = text(open("/portal/health"));

    assertThat(text)
        .contains("data-service=\"storescp\"", "class=\"down\"", "data-well=\"false\"")
        .contains("records wait", "GB free");
  }

  @ParameterizedTest
  @CsvSource({"/, viewer/files/", "/tenants/fourth/, ../../viewer/files/"})
  void givenAViewer_thenThePageNamesTheFilesThatABrowserMayGetAhead(String path, String files) {
    String page = text(open(path));

    assertThat(page)
        .contains("<template id=\"ahead\" data-build=\"0-sample\">")
        .contains("href=\"" + files + "0-sample/app.bundle.js\"")
        .contains("/ahead.js\"></script>");
    Answer file = open(URI.create(path).resolve(files + "0-sample/app.bundle.js").toString());
    assertThat(file.status()).isEqualTo(200);
  }

  @Test
  void givenThePagesFiles_thenTheyAreKeptForEver() {
    Matcher sources =
        Pattern.compile("(?:src|href)=\"(\\.\\./\\.\\./portal/files/[^\"]+)\"")
            .matcher(text(open(TENANT + "/")));
    int files = 0;
    while (sources.find()) {
      String path = URI.create(TENANT + "/").resolve(sources.group(1)).toString();
      Answer file = open(path, "Accept-Encoding", "gzip");
      assertThat(file.status()).as(path).isEqualTo(200);
      assertThat(file.header("Cache-Control")).contains("immutable");
      assertThat(file.header("Content-Encoding")).isEqualTo("gzip");
      assertThat(open(path.replaceFirst("files/\\w+/", "files/0/")).status()).isEqualTo(404);
      files++;
    }
    assertThat(files).isEqualTo(5);
  }

  private static String known(Answer arrivals) {
    Matcher known = KNOWN.matcher(text(arrivals));
    assertThat(known.find()).isTrue();
    return known.group(1);
  }

  private void number() {
    while (sequencer.number(1000) > 0) {
      // until all are
    }
  }

  private Answer open(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  private static String text(Answer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
