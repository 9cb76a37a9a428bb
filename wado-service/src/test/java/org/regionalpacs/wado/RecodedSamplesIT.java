package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.Testdata;

/**
 * Every sample that is big endian, implicit or deflated goes out as valid Explicit VR Little Endian
 * (PS3.18 8.7.3). Files of one SOP Instance UID take turns, so that each is the current version
 * once.
 */
class RecodedSamplesIT extends WadoIT {
  private static final Set<String> RECODED =
      Set.of(
          UID.ImplicitVRLittleEndian, UID.ExplicitVRBigEndian, UID.DeflatedExplicitVRLittleEndian);

  @TempDir Path dir;
  private final Set<String> checked = new TreeSet<>();

  @Test
  void givenSamplesThatWebServicesMayNotCarry_thenDcmdumpReadsAndDciodvfyFindsNoErrorMore()
      throws IOException {
    ExternalTool dcmdump = ExternalTool.named("dcmdump");
    ExternalTool dciodvfy = ExternalTool.named("dciodvfy");
    int compared = 0;
    for (Map<String, Path> round : rounds()) {
      List<StorageMessage> stored = store(round.values());
      for (StorageMessage object : stored) {
        Path original = round.get(object.sopInstance());
        Path sent = Files.write(dir.resolve("sent.dcm"), retrieved(object));

        ExternalTool.Outcome dump = dcmdump.run("-q", sent);
        assertThat(dump.code()).as(original + dump.output()).isZero();
        Set<String> before = errors(dciodvfy, readable(object, original));
        // One of the samples says that it is implicit, and isn't: only we can read it.
        if (!before.contains("Error - Dicom dataset read failed")) {
          assertThat(errors(dciodvfy, sent)).as(original.toString()).isSubsetOf(before);
          compared++;
        }
        checked.add(object.transferSyntax());
      }
    }
    assertThat(checked).isEqualTo(new TreeSet<>(RECODED));
    assertThat(compared).isGreaterThan(50);
  }

  /** dciodvfy doesn't read deflated objects: DCMTK inflates them for it. */
  private Path readable(StorageMessage object, Path original) {
    if (!object.transferSyntax().equals(UID.DeflatedExplicitVRLittleEndian)) {
      return original;
    }
    Path inflated = dir.resolve("inflated.dcm");
    ExternalTool.Outcome outcome = ExternalTool.named("dcmconv").run("+te", original, inflated);
    assertThat(outcome.code()).as(outcome.output()).isZero();
    return inflated;
  }

  private byte[] retrieved(StorageMessage object) {
    String path =
        "/studies/%s/series/%s/instances/%s"
            .formatted(object.study(), object.series(), object.sopInstance());
    Answer answer = get(path, "Accept", "application/dicom");
    assertThat(answer.status()).as(path).isEqualTo(200);
    assertThat(answer.header("Content-Type")).endsWith("=" + UID.ExplicitVRLittleEndian);
    return answer.body();
  }

  /** Stores them one by one, as some are refused: those that don't say what they are. */
  private List<StorageMessage> store(Iterable<Path> files) throws IOException {
    int accepted = 0;
    for (Path file : files) {
      Answer answer = store("/dicom-web/studies", Files.readAllBytes(file));
      assertThat(answer.status()).isIn(200, 409);
      accepted += answer.status() == 200 ? 1 : 0;
    }
    return indexer.index(accepted);
  }

  private static Set<String> errors(ExternalTool dciodvfy, Path file) {
    return dciodvfy
        .run(file)
        .output()
        .lines()
        .filter(line -> line.startsWith("Error"))
        .collect(Collectors.toSet());
  }

  /** By SOP Instance UID, those of one UID in different rounds. */
  private static List<Map<String, Path>> rounds() {
    Map<String, Integer> seen = new HashMap<>();
    List<Map<String, Path>> rounds = new ArrayList<>();
    for (Path file : Testdata.dicomFiles()) {
      try (DicomInputStream in = DicomInputStream.ofFile(file)) {
        Attributes header = in.bulkDataThreshold(1024).readDataSet();
        String uid = header.getString(Tag.SOPInstanceUID, "");
        if (RECODED.contains(in.transferSyntax()) && !uid.isEmpty()) {
          int round = seen.merge(uid, 1, Integer::sum);
          if (rounds.size() < round) {
            rounds.add(new LinkedHashMap<>());
          }
          rounds.get(round - 1).put(uid, file);
        }
      } catch (IOException damaged) {
        // Broken on purpose: what can't be read can't be recoded, and is a 406.
      }
    }
    return rounds;
  }
}
