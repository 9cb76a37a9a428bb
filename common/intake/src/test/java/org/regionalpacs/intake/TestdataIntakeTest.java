package org.regionalpacs.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.DicomFormatException;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.RealServices;
import org.regionalpacs.test.Testdata;

/** Whatever the field sends is kept byte by byte. */
class TestdataIntakeTest {
  @TempDir Path root;

  @Test
  void givenFilesOfManyVendors_whenReceived_thenTheirBytesAreKept() throws Exception {
    List<String> different = new ArrayList<>();
    Set<String> transferSyntaxes = new HashSet<>();
    int accepted = 0;
    try (TestIntake intake =
        TestIntake.start(
            root, RealServices.kafkaBootstrap(), TestIntake.properties(Sync.NONE, true))) {
      for (Path file : Testdata.dicomFiles()) {
        Optional<Received> received = receive(intake, file);
        if (received.isPresent()) {
          accepted++;
          transferSyntaxes.add(received.get().message().transferSyntax());
          if (!isSame(file, intake.file(received.get()), received.get())) {
            different.add(file.toString());
          }
        }
      }
      assertThat(different).isEmpty();
      assertThat(accepted).isGreaterThan(300);
      assertThat(transferSyntaxes)
          .contains(
              "1.2.840.10008.1.2",
              "1.2.840.10008.1.2.1",
              "1.2.840.10008.1.2.2",
              "1.2.840.10008.1.2.1.99",
              "1.2.840.10008.1.2.4.90");
      assertThat(intake.files()).noneMatch(name -> name.endsWith(PartFile.SUFFIX));
      assertThat(unreadable(intake)).isEmpty();
    }
  }

  private static Optional<Received> receive(TestIntake intake, Path file) throws IOException {
    try (DicomInputStream header = DicomInputStream.ofFile(file);
        InputStream dataSet = Files.newInputStream(file)) {
      dataSet.skipNBytes(header.dataSetOffset());
      Optional<Attributes> meta = header.fileMeta();
      Reception reception =
          new Reception(
              "default",
              header.transferSyntax(),
              meta.flatMap(each -> each.getString(Tag.MediaStorageSOPClassUID)),
              meta.flatMap(each -> each.getString(Tag.MediaStorageSOPInstanceUID)),
              "",
              "",
              Source.STOW,
              "127.0.0.1");
      return Optional.of(intake.intake().receive(reception, dataSet));
    } catch (IntakeException | DicomFormatException e) {
      System.out.println(file + ": " + e);
      return Optional.empty();
    }
  }

  private static boolean isSame(Path sent, Path kept, Received received) throws IOException {
    try (DicomInputStream header = DicomInputStream.ofFile(sent)) {
      String digest = digest(sent, header.dataSetOffset());
      return digest.equals(received.message().digest())
          && digest.equals(digest(kept, received.message().dataSetOffset()));
    }
  }

  private static String digest(Path file, long offset) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    var sha256 = PartFile.sha256();
    sha256.update(bytes, (int) offset, bytes.length - (int) offset);
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** Files of which DCMTK says that they are no Part 10 files. */
  private List<String> unreadable(TestIntake intake) throws IOException {
    Object[] files = intake.files().stream().map(root::resolve).toArray();
    return ExternalTool.named("dcmftest")
        .run(files)
        .output()
        .lines()
        .filter(line -> !line.startsWith("yes:"))
        .toList();
  }
}
