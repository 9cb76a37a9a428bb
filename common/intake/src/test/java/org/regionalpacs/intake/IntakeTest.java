package org.regionalpacs.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.regionalpacs.intake.IntakeException.Reason.CANNOT_UNDERSTAND;
import static org.regionalpacs.intake.IntakeException.Reason.IDENTITY_MISMATCH;
import static org.regionalpacs.intake.IntakeException.Reason.INVALID_UID;
import static org.regionalpacs.intake.IntakeException.Reason.MISSING_IDENTITY;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.ElementDictionary;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.intake.IntakeException.Reason;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.RealServices;
import org.springframework.util.unit.DataSize;

class IntakeTest {
  @TempDir Path root;
  private final String kafka = RealServices.kafkaBootstrap();
  private TestIntake intake;

  @BeforeEach
  void start() throws IOException {
    intake = TestIntake.start(root, kafka);
  }

  @AfterEach
  void stop() throws IOException {
    intake.close();
  }

  @Test
  void givenAnObject_whenReceived_thenFileAndMessageTellTheSame() throws Exception {
    TestObject object = TestObject.create();

    Received received = intake.receive(object);

    StorageMessage message = received.message();
    assertThat(received.duplicate()).isFalse();
    assertThat(message.filePath())
        .isEqualTo(
            "default/%s/%s.1/%s.dcm"
                .formatted(object.study(), object.study(), object.sopInstance()));
    assertThat(message.patientId()).isEqualTo("P-1");
    assertThat(message.callingAe()).isEqualTo("CT_1");
    assertThat(message.source()).isEqualTo("DIMSE");
    byte[] file = Files.readAllBytes(intake.file(received));
    assertThat(message.fileSize()).isEqualTo(file.length);
    assertThat(Arrays.copyOfRange(file, message.dataSetOffset(), file.length))
        .isEqualTo(object.bytes());
    assertThat(QueueReader.messages(kafka, object.study())).containsExactly(message);
    assertThat(intake.files()).containsExactly(message.filePath());
  }

  @Test
  void givenAReceivedFile_whenAskedItself_thenItMakesTheSameMessage() throws Exception {
    TestObject object = TestObject.create();
    Received received = intake.receive(object);

    StoredFile file = StoredFile.read(intake.file(received), "other").orElseThrow();
    Identity identity =
        HeaderReader.study(file.path(), file.header().transferSyntax()).orElseThrow();

    assertThat(new PlacedObject(file, identity).message(OnlineStore.open(root)))
        .isEqualTo(received.message());
  }

  @Test
  void givenAReceivedFile_whenOthersReadIt_thenItIsAValidPart10File() throws Exception {
    Path file = intake.file(intake.receive(TestObject.create()));

    ExternalTool.Outcome test = ExternalTool.named("dcmftest").run(file);
    ExternalTool.Outcome dump = ExternalTool.named("dcmdump").run("-E", file);

    assertThat(test.output()).startsWith("yes:");
    assertThat(dump.code()).as(dump.output()).isZero();
    assertThat(dump.output())
        .doesNotContain("W: ", "E: ")
        .contains("SourceApplicationEntityTitle", "[CT_1]", "PrivateInformationCreatorUID");
  }

  @Test
  void givenTheSameObjectAgain_whenReceived_thenItIsAnnouncedAgainAndNotKeptTwice()
      throws Exception {
    TestObject object = TestObject.create();

    Received first = intake.receive(object);
    Received second = intake.receive(object);

    assertThat(second.duplicate()).isTrue();
    assertThat(second.message()).isEqualTo(first.message());
    assertThat(intake.files()).hasSize(1);
    assertThat(QueueReader.messages(kafka, object.study()))
        .containsExactly(first.message(), first.message());
  }

  @Test
  void givenObjects_whenTheyEnd_thenTheyAreCountedByHowAndWhy() throws Exception {
    TestObject object = TestObject.create();
    Received received = intake.receive(object);
    intake.receive(object);
    catchThrowable(() -> intake.receive(TestObject.create().without(Tag.StudyInstanceUID)));
    TestObject cut = TestObject.create();
    catchThrowable(() -> intake.intake().receive(cut.reception(), breakingOff(cut.bytes())));

    assertThat(ended("accepted", "none")).isEqualTo(1);
    assertThat(ended("duplicate", "none")).isEqualTo(1);
    assertThat(ended("refused", "missing_identity")).isEqualTo(1);
    assertThat(ended("refused", "out_of_resources")).as("told before it happens").isZero();
    assertThat(ended("broken", "sender")).isEqualTo(1);
    assertThat(intake.meters().get("pacs.intake.received").counter().count())
        .isEqualTo(received.message().fileSize());
    assertThat(intake.meters().get("pacs.online.size.bytes").gauge().value())
        .isEqualTo(root.toFile().getTotalSpace());
    assertThat(intake.meters().get("pacs.online.mark.bytes").gauge().value())
        .isEqualTo(DataSize.ofMegabytes(1).toBytes());
  }

  private double ended(String outcome, String cause) {
    return intake
        .meters()
        .get("pacs.intake.objects")
        .tags("outcome", outcome, "cause", cause)
        .counter()
        .count();
  }

  @Test
  void givenOtherContent_whenReceived_thenItIsKeptBesideTheFirst() throws Exception {
    TestObject object = TestObject.create();
    Received first = intake.receive(object);

    Received second = intake.receive(object.with(Tag.PatientName, "Other^Content"));
    Received again = intake.receive(object);
    Received implicit = intake.receive(object.in(UID.ImplicitVRLittleEndian));

    assertThat(second.duplicate()).isFalse();
    assertThat(second.message().fileName())
        .isEqualTo(object.sopInstance() + "." + second.message().receptionId() + ".dcm");
    assertThat(again).isEqualTo(new Received(second.message(), true));
    assertThat(implicit.duplicate()).isFalse();
    assertThat(intake.files())
        .containsExactlyInAnyOrder(
            first.message().filePath(), second.message().filePath(), implicit.message().filePath());
  }

  @Test
  void givenAnEarlierFileThatLostItsEnd_whenReceivedAgain_thenTheWholeOneIsKept() throws Exception {
    TestObject object = TestObject.create();
    Path first = intake.file(intake.receive(object));
    Files.write(first, Arrays.copyOf(Files.readAllBytes(first), 2000));

    Received second = intake.receive(object);

    assertThat(second.duplicate()).isFalse();
    assertThat(intake.files()).hasSize(2);
  }

  @Test
  void givenAFileOfAnotherProgram_whenTheSameIsReceived_thenItIsADuplicate() throws Exception {
    TestObject object = TestObject.create();
    Path path = intake.file(intake.receive(object));
    byte[] file = Files.readAllBytes(path);
    byte[] foreign =
        new String(file, 0, FileHeader.SIZE, ISO_8859_1)
            .replace(FileHeader.PRIVATE_CREATOR, FileHeader.PRIVATE_CREATOR.replace('6', '7'))
            .getBytes(ISO_8859_1);
    System.arraycopy(foreign, 0, file, 0, foreign.length);
    Files.write(path, file);

    Received second = intake.receive(object);
    Received third = intake.receive(object);

    assertThat(second.duplicate()).isTrue();
    assertThat(third.duplicate()).isTrue();
    assertThat(third.message().filePath()).isEqualTo(second.message().filePath());
    // Its id is made up from its time, which each reception renews: a later one is a new object.
    assertThat(third.message().receptionId()).isGreaterThan(second.message().receptionId());
  }

  @Test
  void givenSomethingUnreadableInItsPlace_whenReceived_thenItIsKeptBeside() throws Exception {
    TestObject object = TestObject.create();
    Path path = intake.file(intake.receive(object));
    Files.writeString(path, "no DICOM at all");

    assertThat(intake.receive(object).duplicate()).isFalse();
    assertThat(path).hasContent("no DICOM at all");
  }

  @Test
  void givenOneObjectSentSixteenTimesAtOnce_whenReceived_thenOneFileAndOneReceptionId()
      throws Exception {
    TestObject object = TestObject.create();
    List<Received> received = receiveAtOnce(16, () -> intake.receive(object));

    assertThat(received).filteredOn(each -> !each.duplicate()).hasSize(1);
    assertThat(intake.files()).hasSize(1);
    Set<StorageMessage> announced = Set.copyOf(QueueReader.messages(kafka, object.study()));
    assertThat(announced).hasSize(1);
    assertThat(received).extracting(Received::message).containsOnlyElementsOf(announced);
  }

  @Test
  void givenOneVersionSentSixteenTimesAtOnce_whenReceived_thenItIsKeptOnce() throws Exception {
    TestObject object = TestObject.create();
    intake.receive(object);
    object.with(Tag.PatientName, "Other^Content");

    receiveAtOnce(16, () -> intake.receive(object));

    assertThat(intake.files()).hasSize(2);
  }

  private static List<Received> receiveAtOnce(int times, Callable<Received> receive)
      throws Exception {
    CyclicBarrier together = new CyclicBarrier(times);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Received>> futures =
          IntStream.range(0, times)
              .mapToObj(_ ->
                  threads.submit(() -> {
                    together.await();
                    return receive.call();
                  }))
              .toList();
      List<Received> received = new ArrayList<>();
      for (Future<Received> future : futures) {
        received.add(future.get());
      }
      return received;
    }
  }

  @Test
  void givenASenderThatBreaksOff_whenReceived_thenNothingIsKept() throws Exception {
    TestObject object = TestObject.create();
    InputStream breaking = breakingOff(object.bytes());

    assertThatThrownBy(() -> intake.intake().receive(object.reception(), breaking))
        .isInstanceOf(IOException.class)
        .hasMessage("connection reset");

    assertThat(intake.files()).isEmpty();
    assertThat(QueueReader.messages(kafka, object.study())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {Tag.SOPInstanceUID, Tag.StudyInstanceUID, Tag.SeriesInstanceUID})
  void givenNoUid_whenReceived_thenRefusedByItsName(int tag) throws Exception {
    TestObject object = TestObject.create().without(tag);

    assertRefused(object.anonymousReception(), object.bytes(), MISSING_IDENTITY)
        .hasMessageContaining(ElementDictionary.keywordOf(tag).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../../x", "1.2/3", "..", "1..2", "/etc/passwd", "1.2.", ".node", "1.2\\3", "é"})
  void givenAUidThatIsAPath_whenReceived_thenRefused(String uid) throws Exception {
    for (int tag : List.of(Tag.SOPInstanceUID, Tag.StudyInstanceUID, Tag.SeriesInstanceUID)) {
      TestObject object = TestObject.create();
      object.attributes().setBytes(tag, VR.UI, uid.getBytes(ISO_8859_1));
      assertRefused(object.anonymousReception(), object.bytes(), INVALID_UID);
    }
  }

  @Test
  void givenAUidOfTheField_whenReceived_thenItIsTaken() throws Exception {
    for (String uid : List.of("1.2.003.4", "1.2.3 ", "ABC-12_x.7", "1".repeat(128))) {
      TestObject object = TestObject.create().with(Tag.SOPInstanceUID, uid);
      Received received = intake.intake().receive(object.anonymousReception(), object.stream());
      assertThat(received.message().sopInstance()).isEqualTo(uid.strip());
    }
  }

  @Test
  void givenAnotherObjectThanAnnounced_whenReceived_thenRefused() throws Exception {
    Reception announced = TestObject.create().reception();
    TestObject object = TestObject.create();

    assertRefused(announced, object.bytes(), IDENTITY_MISMATCH)
        .hasMessageContaining("SOPInstanceUID");
    Reception otherClass = object.reception();
    object.with(Tag.SOPClassUID, UID.MRImageStorage);
    assertRefused(otherClass, object.bytes(), IDENTITY_MISMATCH)
        .hasMessageContaining("SOPClassUID");
  }

  @Test
  void givenFileMetaThatContradictsItsDataSet_whenReceived_thenTheDataSetCounts() throws Exception {
    TestObject object = TestObject.create();
    Reception reception =
        new Reception(
            "default",
            object.transferSyntax(),
            Optional.of(UID.MRImageStorage),
            Optional.of("1.2.3"),
            "",
            "",
            Source.STOW,
            "127.0.0.1");

    Received received = intake.intake().receive(reception, object.stream());

    assertThat(received.message().sopInstance()).isEqualTo(object.sopInstance());
    assertThat(received.message().sopClass()).isEqualTo(UID.CTImageStorage);
  }

  @Test
  void givenNoDataSet_whenReceived_thenRefused() throws Exception {
    Reception reception = TestObject.create().reception();

    assertRefused(reception, new byte[0], CANNOT_UNDERSTAND);
    assertRefused(
        reception,
        "GET / HTTP/1.1\r\n\r\n".repeat(99).getBytes(US_ASCII),
        CANNOT_UNDERSTAND,
        MISSING_IDENTITY);
  }

  @Test
  void givenAHeaderThatEndsEarly_whenReceived_thenRefused() throws Exception {
    TestObject object = TestObject.create();

    assertRefused(object.reception(), Arrays.copyOf(object.bytes(), 110), CANNOT_UNDERSTAND);
  }

  @Test
  void givenPixelDataThatEndsEarly_whenReceived_thenItIsKeptAsSent() throws Exception {
    TestObject object = TestObject.create();
    byte[] sent = Arrays.copyOf(object.bytes(), object.bytes().length - 100);

    Received received = intake.intake().receive(object.reception(), new ByteArrayInputStream(sent));

    assertThat(received.message().fileSize()).isEqualTo(FileHeader.SIZE + sent.length);
  }

  @Test
  void givenAPrivateTransferSyntaxThatIsImplicit_whenReceived_thenItIsTaken() throws Exception {
    TestObject object = TestObject.create();
    byte[] implicit = object.in(UID.ImplicitVRLittleEndian).bytes();
    Reception reception = object.in("1.2.3.4.5.999").reception();

    Received received = intake.intake().receive(reception, new ByteArrayInputStream(implicit));

    assertThat(received.message().transferSyntax()).isEqualTo("1.2.3.4.5.999");
    assertThat(received.message().study()).isEqualTo(object.study());
  }

  @Test
  void givenATransferSyntaxThatIsNone_whenReceived_thenRefused() throws Exception {
    TestObject object = TestObject.create();

    assertRefused(object.in("").reception(), object.bytes(), INVALID_UID);
    assertRefused(object.in("1".repeat(700)).reception(), object.bytes(), INVALID_UID);
  }

  @Test
  void givenElementsOutOfOrder_whenReceived_thenItIsTaken() throws Exception {
    TestObject object = TestObject.create();
    byte[] late = element(object, Tag.SOPInstanceUID);
    Reception reception = object.reception();
    byte[] early = object.without(Tag.SOPInstanceUID).without(Tag.PixelData).bytes();

    Received received =
        intake
            .intake()
            .receive(
                reception,
                new SequenceInputStream(
                    new ByteArrayInputStream(early), new ByteArrayInputStream(late)));

    assertThat(Optional.of(received.message().sopInstance())).isEqualTo(reception.sopInstance());
  }

  private static InputStream breakingOff(byte[] dataSet) {
    return new SequenceInputStream(
        new ByteArrayInputStream(dataSet, 0, dataSet.length / 2),
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        });
  }

  private static byte[] element(TestObject object, int tag) {
    Attributes one =
        new Attributes().setBytes(tag, VR.UI, object.attributes().getBytes(tag).orElseThrow());
    return new TestObject(one, object.transferSyntax()).bytes();
  }

  @Test
  void givenNoSopClassInTheDataSet_whenReceived_thenTheAnnouncedOneCounts() throws Exception {
    TestObject object = TestObject.create();
    Reception reception = object.reception();

    Received received =
        intake.intake().receive(reception, object.without(Tag.SOPClassUID).stream());

    assertThat(Optional.of(received.message().sopClass())).isEqualTo(reception.sopClass());
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      Reception reception, byte[] dataSet, Reason... reasons) throws IOException {
    List<String> before = intake.files();
    Throwable refusal =
        catchThrowable(() -> intake.intake().receive(reception, new ByteArrayInputStream(dataSet)));
    assertThat(refusal).isInstanceOf(IntakeException.class);
    assertThat(((IntakeException) refusal).reason()).isIn((Object[]) reasons);
    assertThat(refusal.getMessage()).hasSizeLessThanOrEqualTo(64);
    assertThat(intake.files()).isEqualTo(before);
    return assertThat(refusal);
  }
}
