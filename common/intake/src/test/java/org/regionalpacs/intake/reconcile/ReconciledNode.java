package org.regionalpacs.intake.reconcile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.intake.Received;
import org.regionalpacs.intake.TestIntake;
import org.regionalpacs.intake.TestObject;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.test.RealServices;
import org.springframework.util.unit.DataSize;

/** A node with an intake on a folder of its own, and an index that is empty before each test. */
@Timeout(300)
abstract class ReconciledNode {
  static final DataSize NO_VERIFYING = DataSize.ofBytes(0);
  static TestIndex index;

  @TempDir Path root;
  final String kafka = RealServices.kafkaBootstrap();
  TestIntake intake;

  @BeforeAll
  static void openIndex() {
    index = TestIndex.open();
  }

  @AfterAll
  static void closeIndex() {
    index.close();
  }

  @BeforeEach
  void start() throws IOException {
    index
        .jdbc
        .sql(
            "truncate study, series, instance, superseded_instance, location, reconcile_run cascade")
        .update();
    intake = TestIntake.start(root, kafka);
  }

  @AfterEach
  void stop() throws IOException {
    intake.close();
  }

  final StorageMessage received(TestObject object) throws Exception {
    Received received = intake.receive(object);
    return received.message();
  }

  final StorageMessage indexed(TestObject object) throws Exception {
    StorageMessage message = received(object);
    index.index(message);
    return message;
  }

  static StorageMessage at(StorageMessage first, UUID receptionId, String path) {
    return new StorageMessage(
        first.schemaVersion(),
        receptionId,
        first.tenant(),
        first.transferSyntax(),
        first.sopClass(),
        first.sopInstance(),
        first.study(),
        first.series(),
        first.patientId(),
        path.substring(path.lastIndexOf('/') + 1),
        first.fileSize(),
        path,
        first.dataSetOffset(),
        first.node(),
        first.callingAe(),
        first.source(),
        first.received(),
        first.digest());
  }

  final void damage(StorageMessage object) throws IOException {
    Path file = root.resolve(object.filePath());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
  }

  static void deleteFolder(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
