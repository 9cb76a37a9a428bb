package org.regionalpacs.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.TestFiles;

/** The public sample files, over our client and our server. */
class SendTestdataTest {
  private static final String NO_OBJECT = "no DICOM object: .*|a DICOMDIR .*|.* at byte \\d+";

  private final Queue<String> received = new ConcurrentLinkedQueue<>();

  @Test
  void givenEverySampleFile_whenSent_thenTheBytesOnTheWireAreThoseOfTheFile() throws Exception {
    List<Path> files = TestFiles.all();
    List<SendOutcome> outcomes;
    try (DicomServer server =
        DicomServer.start(
            ServerOptions.onLoopback(),
            new StoragePolicy(_ -> true),
            (_, dataSet) -> digest(dataSet),
            AssociationListener.NONE)) {
      RemoteAe remote = new RemoteAe("ARCHIVE", "127.0.0.1", server.port());
      outcomes =
          new SendFiles(remote, "SENDER", 2, ScuOptions.DEFAULT).send(files, SendListener.NONE);
    }
    List<String> sent = new ArrayList<>();
    for (SendOutcome outcome : outcomes) {
      switch (outcome) {
        case SendOutcome.Answered(Path file, _, _) -> sent.add(digest(padded(file)));
        case SendOutcome.NotSent(_, String text) -> assertThat(text).matches(NO_OBJECT);
      }
    }
    assertThat(outcomes).hasSize(files.size());
    assertThat(sent).hasSizeGreaterThan(files.size() * 9 / 10);
    assertThat(received).containsExactlyInAnyOrderElementsOf(sent);
  }

  private StoreResult digest(InputStream dataSet) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[64 * 1024];
    for (int count = dataSet.read(buffer); count >= 0; count = dataSet.read(buffer)) {
      digest.update(buffer, 0, count);
    }
    received.add(HexFormat.of().formatHex(digest.digest()));
    return StoreResult.success();
  }

  /** A fragment has even length. */
  private static byte[] padded(Path file) throws IOException {
    byte[] dataSet = SampleFile.dataSet(file);
    return dataSet.length % 2 == 0 ? dataSet : Arrays.copyOf(dataSet, dataSet.length + 1);
  }

  private static String digest(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
