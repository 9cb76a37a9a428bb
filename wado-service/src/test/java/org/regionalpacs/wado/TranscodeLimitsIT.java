package org.regionalpacs.wado;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.messages.ConversionMessage;
import org.regionalpacs.messages.ConversionOutcome;
import org.regionalpacs.messages.LogRecord;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** One thread transcodes objects, another one frames too, and nobody may wait for them. */
@TestPropertySource(
    properties = {
      "pacs.transcode.max-concurrent=2",
      "pacs.transcode.max-waiting=0",
      "pacs.transcode.scratch-limit=80MB"
    })
@DirtiesContext
class TranscodeLimitsIT extends WadoIT {
  private static final int SIDE = 512;
  private static final int FRAMES = 400;

  @Autowired MeterRegistry meters;

  /** Many frames of nothing, few bytes as RLE; encoding each takes its time. */
  private static Attributes large() {
    byte[] segment = new byte[SIDE * SIDE / 128 * 2];
    for (int i = 0; i < segment.length; i += 2) {
      segment[i] = -127;
    }
    byte[] frame = new byte[64 + 2 * segment.length];
    frame[0] = 2;
    putInt(frame, 4, 64);
    putInt(frame, 8, 64 + segment.length);
    System.arraycopy(segment, 0, frame, 64, segment.length);
    System.arraycopy(segment, 0, frame, 64 + segment.length, segment.length);
    Fragments fragments = new Fragments();
    fragments.add(new byte[0]);
    for (int i = 0; i < FRAMES; i++) {
      fragments.add(frame);
    }
    return SampleObjects.newStudy()
        .image(1)
        .setInt(Tag.Rows, SIDE)
        .setInt(Tag.Columns, SIDE)
        .setInt(Tag.NumberOfFrames, FRAMES)
        .set(Tag.PixelData, VR.OB, fragments);
  }

  private static void putInt(byte[] bytes, int at, int value) {
    for (int rank = 0; rank < 4; rank++) {
      bytes[at + rank] = (byte) (value >> 8 * rank);
    }
  }

  @Test
  void givenAFewBytesThatInflateToMany_thenTheyAreRefusedAndTheDiskIsFree() throws IOException {
    Attributes bomb =
        SampleObjects.newStudy()
            .image(1)
            .setString(0x00090010, VR.LO, "ACME")
            .setBytes(0x00091001, VR.OB, new byte[48 << 20]);
    byte[] deflated = part10(bomb, UID.DeflatedExplicitVRLittleEndian);
    assertThat(deflated.length).isLessThan(100_000);
    assertThat(store("/dicom-web/studies", deflated).status()).isEqualTo(200);
    indexer.index(1);

    Answer answer =
        get(
            instancePath(bomb),
            "Accept",
            "application/dicom; transfer-syntax=" + UID.JPEGLosslessSV1);

    assertThat(answer.status()).isEqualTo(406);
    assertThat(answer.json().get("detail").asString()).contains("wait on the disk");
    assertThat(gauge("pacs.transcode.scratch")).isZero();
    assertThat(get(instancePath(bomb), "Accept", "application/dicom; transfer-syntax=*").status())
        .isEqualTo(200);
  }

  private double gauge(String name) {
    return meters.get(name).gauge().value();
  }

  @Test
  void givenTheThreadOfObjectsIsBusy_thenAnotherIs503AFrameIsNotAndWhenItsClientGoesItIsFree()
      throws IOException {
    Attributes large = large();
    Attributes small = SampleObjects.newStudy().image(1);
    byte[] object = part10(large, UID.RLELossless);
    assertThat(store("/dicom-web/studies", object, part10(small)).status()).isEqualTo(200);
    indexer.index(2);
    String wanted = "application/dicom; transfer-syntax=" + UID.JPEGLossless;

    try (LogTopic log = new LogTopic(kafka.getBootstrapServers())) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        String request =
            "GET /dicom-web%s HTTP/1.1\r\nHost: a\r\nAccept: %s\r\n\r\n"
                .formatted(instancePath(large), wanted);
        client.getOutputStream().write(request.getBytes(US_ASCII));
        await().untilAsserted(() -> assertThat(gauge("pacs.transcode.running")).isEqualTo(1));

        Answer busy = get(instancePath(small), "Accept", wanted);
        assertThat(busy.status()).isEqualTo(503);
        assertThat(busy.header("Retry-After")).isNotEmpty();
        assertThat(busy.json().get("detail").asString()).contains("transfer-syntax=*");
        assertThat(get(instancePath(small) + "/frames/1", "Accept", "image/dicom-rle").status())
            .as("a viewer doesn't wait for a download")
            .isEqualTo(200);
        assertThat(get(instancePath(large)).status()).isEqualTo(200);
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(gauge("pacs.transcode.running")).isZero());
      assertThat(gauge("pacs.transcode.scratch")).isZero();
      assertThat(get(instancePath(small), "Accept", wanted).status()).isEqualTo(200);
      List<LogRecord> records =
          log.until(record ->
              record instanceof ConversionMessage message
                  && message.outcome() == ConversionOutcome.DONE);
      List<ConversionMessage> ofLarge = new ArrayList<>();
      for (LogRecord record : records) {
        if (record instanceof ConversionMessage message
            && message.sopInstance().equals(large.getString(Tag.SOPInstanceUID, ""))) {
          ofLarge.add(message);
        }
      }
      assertThat(ofLarge)
          .singleElement()
          .satisfies(
              message -> assertThat(message.outcome()).isEqualTo(ConversionOutcome.CANCELLED));
    }
  }
}
