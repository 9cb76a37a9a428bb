package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.test.SampleObjects;

/** What the rules and dashboards ask for, asked of a running product. */
class MonitoringIT {
  private static final Duration SOON = Duration.ofMinutes(5);

  @Test
  void givenARunningProduct_whenItIsScraped_thenEveryMetricOfRulesAndDashboardsIsThere()
      throws Exception {
    RunningProduct product = SharedProduct.get();
    SampleObjects study = SampleObjects.newStudy();
    Attributes image = study.image(1);
    OneImage.send(product.dicomPort(), image);
    DicomWeb web = product.dicomWeb();
    String path = "/studies/" + study.studyUid();
    await().atMost(SOON).until(() -> web.json(path + "/instances").size() == 1);
    assertThat(web.get(path + "/metadata").statusCode()).isEqualTo(200);
    String frame =
        path
            + "/series/"
            + study.seriesUid()
            + "/instances/"
            + image.getString(Tag.SOPInstanceUID, "")
            + "/frames/1";
    assertThat(web.get(frame).statusCode()).isEqualTo(200);
    Map<String, Set<String>> asked = new TreeMap<>(MonitoringFiles.asked());
    // Only where the archive is FastDFS: FastDfsIT asks for them.
    asked.keySet().removeIf(metric -> metric.startsWith("pacs_fastdfs_"));
    // Only where there are several hosts: PairedProductIT.
    asked.keySet().removeIf(metric -> metric.startsWith("pacs_peer_"));
    // Only where there are certificates and webhooks: CertificateMetricsTest, WebhookTest.
    asked
        .keySet()
        .removeIf(metric -> metric.startsWith("ssl_") || metric.startsWith("pacs_webhook_"));
    assertThat(asked).hasSizeGreaterThan(50);

    await()
        .atMost(SOON)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(Scrape.of(product).missing(asked)).isEmpty());
  }
}
