package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Retrievals are remembered, as they decide what is evicted and what comes back. */
@TestPropertySource(
    properties = {
      "pacs.eviction.access-flush=50ms",
      "pacs.eviction.access-interval=0s",
      // It wants back what is opened.
      "pacs.prefetch.enabled=false"
    })
class ReadStudiesIT extends WadoIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @Autowired JdbcClient jdbc;

  private SampleObjects study;
  private Attributes object;

  @BeforeEach
  void storeColdStudy() {
    study = SampleObjects.newStudy();
    object = study.image(1);
    assertThat(store("/dicom-web/studies", part10(object)).status()).isEqualTo(200);
    indexer.index(1);
    forget();
  }

  @Test
  void givenAStudy_whenItsMetadataIsRead_thenItWasUsedAndNothingIsWanted() {
    assertThat(get("/studies/" + study.studyUid() + "/metadata").status()).isEqualTo(200);

    awaitUse();
    assertThat(wanted()).isFalse();
  }

  @Test
  void givenAStudy_whenItsObjectsAreRead_thenItWasUsedAndIsWantedBack() {
    for (String path :
        new String[] {
          instancePath(object), instancePath(object) + "/frames/1", "/studies/" + study.studyUid()
        }) {
      forget();
      assertThat(get(path, "Accept", "*/*").status()).as(path).isEqualTo(200);

      awaitUse();
      assertThat(wanted()).as(path).isTrue();
    }
  }

  @Test
  void givenAStudy_whenAnObjectIsReadByUri_thenItWasUsedAndIsWantedBack() {
    String query =
        "/wado?requestType=WADO&contentType=application%2Fdicom&studyUID="
            + study.studyUid()
            + "&seriesUID="
            + object.getString(Tag.SeriesInstanceUID).orElseThrow()
            + "&objectUID="
            + object.getString(Tag.SOPInstanceUID).orElseThrow();
    assertThat(send("GET", query, BodyPublishers.noBody()).status()).isEqualTo(200);

    awaitUse();
    assertThat(wanted()).isTrue();
  }

  @Test
  void givenAStudy_whenItsThumbnailIsShownOrAPictureIsStillGood_thenItWasUsedAndNothingIsWanted() {
    Answer shown = get(instancePath(object) + "/thumbnail");
    assertThat(shown.status()).isEqualTo(200);
    awaitUse();
    assertThat(wanted()).isFalse();

    String rendered = instancePath(object) + "/rendered";
    String tag = get(rendered).header("ETag");
    await().atMost(SOON).until(this::wanted);
    forget();
    assertThat(get(rendered, "If-None-Match", tag).status()).isEqualTo(304);
    awaitUse();
    assertThat(wanted()).isFalse();
  }

  @Test
  void givenAStudyWithoutAPicture_whenItsPreviewIsWanted_thenThatIsNoUse() {
    SampleObjects image = study;
    study = SampleObjects.newStudy();
    Attributes slide = study.image(1).setString(Tag.Modality, "SM");
    assertThat(store("/dicom-web/studies", part10(slide)).status()).isEqualTo(200);
    indexer.index(1);
    forget();
    assertThat(get("/studies/" + study.studyUid() + "/preview").status()).isEqualTo(204);

    SampleObjects none = study;
    study = image;
    assertThat(get("/studies/" + study.studyUid() + "/preview").status()).isEqualTo(200);
    awaitUse();
    study = none;
    assertThat(used()).isFalse();
  }

  @Test
  void givenAStudy_whenItIsSearchedOrNotFound_thenThatIsNoUse() {
    assertThat(get("/studies/" + study.studyUid() + "/series").status()).isEqualTo(200);
    assertThat(get("/studies/" + study.studyUid() + "/instances").status()).isEqualTo(200);
    assertThat(get("/studies/" + study.studyUid() + "/series/" + UID.generate()).status())
        .isEqualTo(404);

    SampleObjects other = study;
    storeColdStudy();
    assertThat(get("/studies/" + study.studyUid() + "/metadata").status()).isEqualTo(200);
    awaitUse();
    study = other;
    assertThat(used()).isFalse();
  }

  private void forget() {
    jdbc.sql(
            """
            update online_study
               set used = 'epoch', queued = 'epoch', evicted_objects = 1, wanted = null
             where study_uid = ?
            """)
        .param(study.studyUid())
        .update();
  }

  private void awaitUse() {
    await().atMost(SOON).until(this::used);
  }

  private boolean used() {
    return column("used > now() - interval '1 minute' and queued = used");
  }

  private boolean wanted() {
    return column("wanted is not null");
  }

  private boolean column(String expression) {
    return jdbc.sql("select " + expression + " from online_study where study_uid = ?")
        .param(study.studyUid())
        .query(Boolean.class)
        .single();
  }
}
