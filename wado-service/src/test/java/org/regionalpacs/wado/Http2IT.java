package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.storage.ContentDigest;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.wado.web.MultipartReader;

/** HTTP/2 without TLS with clients that know of it (RFC 9113 3.3). */
class Http2IT extends WadoIT {
  private static final int FRAME = 512 * 512 * 2;
  private static final int FRAMES = 8;

  @TempDir Path dir;
  private final SampleObjects sample = SampleObjects.newStudy();
  private final List<Attributes> images = new ArrayList<>();
  private final byte[] pixels = new byte[FRAMES * FRAME];

  @BeforeAll
  void storeSeries() {
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31 + i / FRAME);
    }
    for (int i = 1; i <= 2; i++) {
      images.add(
          sample
              .image(i)
              .setInt(Tag.Rows, 512)
              .setInt(Tag.Columns, 512)
              .setInt(Tag.NumberOfFrames, FRAMES)
              .setBytes(Tag.PixelData, VR.OW, pixels));
    }
    byte[][] files = images.stream().map(WadoIT::part10).toArray(byte[][]::new);
    assertThat(store("/dicom-web/studies", files).status()).isEqualTo(200);
    indexer.index(files.length);
  }

  @Test
  void givenASeries_whenRetrievedOverHttp2_thenEveryByteArrives() throws IOException {
    Path body = dir.resolve("series");
    String url = "/studies/" + sample.studyUid() + "/series/" + sample.seriesUid();
    ExternalTool.Outcome outcome =
        ExternalTool.named("curl")
            .run(
                "-sS",
                "--http2-prior-knowledge",
                "-w",
                "%{http_version} %{http_code} %header{content-type}",
                "-o",
                body,
                "http://127.0.0.1:" + port + "/dicom-web" + url);

    assertThat(outcome.output()).startsWith("2 200 multipart/related");
    String boundary = outcome.output().replaceFirst("(?s).*boundary=", "").strip();
    var reader = new MultipartReader(new ByteArrayInputStream(Files.readAllBytes(body)), boundary);
    int parts = 0;
    for (var part = reader.next(); part.isPresent(); part = reader.next()) {
      byte[] file = part.get().body().readAllBytes();
      assertThat(images).anyMatch(i -> Arrays.equals(dataSet(part10(i)), dataSet(file)));
      parts++;
    }
    assertThat(parts).isEqualTo(images.size());
  }

  /** As viewers ask: all frames of a series at once, on the one connection that a browser opens. */
  @ParameterizedTest
  @ValueSource(ints = {20, 100, 400})
  void givenManyFramesAtOnceOnOneConnection_thenEachIsWhole(int streams) throws Exception {
    Path script = dir.resolve("http2-streams.cjs");
    try (InputStream source = Http2IT.class.getResourceAsStream("/http2-streams.cjs")) {
      Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
    }
    ExternalTool.Outcome outcome =
        ExternalTool.named("node")
            .run(
                script,
                "http://127.0.0.1:" + port,
                "/dicom-web" + instancePath(images.getFirst()) + "/frames/2",
                "multipart/related; type=\"application/octet-stream\"; transfer-syntax=*",
                streams);

    byte[] frame = Arrays.copyOfRange(pixels, FRAME, 2 * FRAME);
    assertThat(outcome.output().strip())
        .isEqualTo(streams + " x 200 " + ContentDigest.of(new ByteArrayInputStream(frame)));
  }
}
