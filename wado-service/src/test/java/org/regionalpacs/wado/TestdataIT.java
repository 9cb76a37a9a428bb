package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.test.Testdata;

/**
 * Real objects of every transfer syntax: what goes in comes out. One of each SOP Instance UID, in a
 * tenant of their own: others store the same samples too, some of them in other encodings, which
 * are versions of these.
 */
class TestdataIT extends WadoIT {
  private static final String TENANT = "/tenants/testdata/dicom-web";
  private static final long MAX_SIZE = 2_000_000;

  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final List<StorageMessage> stored = new ArrayList<>();

  @BeforeAll
  void storeAll() {
    for (Path file : Testdata.dicomFiles()) {
      try {
        if (Files.size(file) <= MAX_SIZE) {
          take(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    int accepted = 0;
    for (byte[] file : files.values()) {
      Answer answer = store(TENANT + "/studies", file);
      assertThat(answer.status()).isIn(200, 409);
      accepted += answer.status() == 200 ? 1 : 0;
    }
    stored.addAll(indexer.index(accepted));
  }

  private void take(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try (DicomInputStream in = DicomInputStream.ofFile(file)) {
      in.bulkDataThreshold(1024);
      Attributes header = in.readDataSet();
      String uid = header.getString(Tag.SOPInstanceUID, "");
      if (!uid.isEmpty()) {
        files.putIfAbsent(uid, bytes);
      }
    } catch (IOException damaged) {
      // Broken on purpose; intake has tests of its own for those.
    }
  }

  @Test
  void givenRealObjects_thenMostAreStored() {
    assertThat(stored).hasSizeGreaterThan(files.size() * 9 / 10);
  }

  @Test
  void givenAsStored_thenEveryDataSetComesBackByteForByte() {
    List<String> different = new ArrayList<>();
    for (StorageMessage object : stored) {
      Answer answer = read(path(object), "Accept", "application/dicom; transfer-syntax=*");
      if (answer.status() != 200
          || !Arrays.equals(dataSet(answer.body()), dataSet(files.get(object.sopInstance())))) {
        different.add(answer.status() + " " + object.transferSyntax() + " " + path(object));
      }
    }
    assertThat(different).isEmpty();
  }

  @Test
  void givenAnyRequest_thenNoneFailsOnTheServersSide() {
    List<String> failures = new ArrayList<>();
    for (StorageMessage object : stored) {
      for (String suffix :
          List.of(
              "",
              "/metadata",
              "/frames/1",
              "/bulkdata/7FE00010",
              "/rendered",
              "/thumbnail",
              "/frames/1/rendered?accept=image/png&viewport=64,64&annotation=patient,technique")) {
        Answer answer = read(path(object) + suffix);
        // A host without fonts says so, and draws no text.
        boolean fonts = !new String(answer.body(), StandardCharsets.UTF_8).contains("no fonts");
        if (answer.status() >= 500 && fonts) {
          failures.add(answer.status() + " " + path(object) + suffix);
        }
      }
    }
    assertThat(failures).isEmpty();
  }

  private Answer read(String path, String... headers) {
    return send("GET", TENANT + path, BodyPublishers.noBody(), headers);
  }

  private static String path(StorageMessage object) {
    return "/studies/"
        + object.study()
        + "/series/"
        + object.series()
        + "/instances/"
        + object.sopInstance();
  }
}
