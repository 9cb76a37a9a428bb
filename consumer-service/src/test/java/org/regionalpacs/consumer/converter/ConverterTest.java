package org.regionalpacs.consumer.converter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.codec.process.CodecProcesses;
import org.regionalpacs.codec.process.CodecProperties;
import org.regionalpacs.codec.transcode.Codecs;
import org.regionalpacs.consumer.AcceptedObjects;
import org.regionalpacs.consumer.AwaitedException;
import org.regionalpacs.consumer.Places;
import org.regionalpacs.consumer.Step;
import org.regionalpacs.consumer.StepResult;
import org.regionalpacs.consumer.StorageRecord;
import org.regionalpacs.consumer.UnusableRecordException;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;
import org.regionalpacs.index.DeletionJournal;
import org.regionalpacs.index.DeletionTarget;
import org.regionalpacs.index.DeletionWriter;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.InstanceObjects;
import org.regionalpacs.index.Removals;
import org.regionalpacs.index.Rendition;
import org.regionalpacs.index.RenditionKind;
import org.regionalpacs.index.Renditions;
import org.regionalpacs.messages.ConvertMessage;
import org.regionalpacs.messages.ConvertMessage.Wanted;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.storage.ArchiveName;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.StoredObjects;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.test.Testdata;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.unit.DataSize;

@IntegrationTest
@DirtiesContext
@TestPropertySource(
    properties = {
      "spring.config.name=application,consumer",
      "pacs.indexer.enabled=false",
      "pacs.archiver.enabled=false",
      "pacs.converter.enabled=false"
    })
class ConverterTest {
  private static final MessageCodec<ConvertMessage> CODEC = MessageCodec.of(ConvertMessage.class);
  private static final Wanted EXPLICIT =
      new Wanted("lossless", UID.ExplicitVRLittleEndian, 0, false);
  private static final Wanted JPEG_2000 = new Wanted("lossless", UID.JPEG2000Lossless, 0, true);
  private static final Wanted JPEG_LS = new Wanted("lossless", UID.JPEGLSLossless, 0, true);
  private static final Wanted PREVIEW = new Wanted("preview", UID.JPEG2000, 10, true);

  private static final DataSize FRAME = DataSize.ofMegabytes(64);

  @TempDir static Path folder;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry registry) {
    registry.add("pacs.online.root", () -> folder.resolve("online"));
    registry.add("pacs.archive.root", () -> folder.resolve("archive"));
    registry.add("pacs.derived.root", () -> folder.resolve("derived"));
    registry.add("pacs.converter.scratch", () -> folder.resolve("scratch"));
  }

  @Autowired List<Step> steps;
  @Autowired Converter converter;
  @Autowired Renditions renditions;
  @Autowired InstanceObjects index;
  @Autowired StoredObjects objects;
  @Autowired DeletionWriter deletions;
  @Autowired DeletionJournal journal;
  @Autowired Removals removals;
  @Autowired BlobStore archive;
  @Autowired RenditionArchive renditionArchive;
  @Autowired ConversionRecords records;
  @Autowired Scratch scratch;
  @Autowired ConverterProperties properties;
  @Autowired MeterRegistry meters;
  @Autowired JdbcClient jdbc;

  private final AcceptedObjects intake = new AcceptedObjects(folder.resolve("online"));
  private final String tenant = "t" + UUID.randomUUID();

  /** A shape with a little noise: it compresses, as what modalities make. */
  private static Attributes image(int size, boolean color) {
    Random random = new Random(1);
    int channels = color ? 3 : 1;
    byte[] pixels = new byte[size * size * (color ? 3 : 2)];
    for (int i = 0; i < size * size; i++) {
      int value = i % size + i / size + random.nextInt(3);
      for (int channel = 0; channel < channels; channel++) {
        if (color) {
          pixels[i * 3 + channel] = (byte) (value / (channel + 1));
        } else {
          pixels[2 * i] = (byte) value;
          pixels[2 * i + 1] = (byte) (value >> 8);
        }
      }
    }
    int bits = color ? 8 : 12;
    return SampleObjects.newStudy()
        .image(1)
        .setInt(Tag.Rows, size)
        .setInt(Tag.Columns, size)
        .setInt(Tag.SamplesPerPixel, channels)
        .setString(Tag.PhotometricInterpretation, color ? "RGB" : "MONOCHROME2")
        .setInt(Tag.BitsAllocated, color ? 8 : 16)
        .setInt(Tag.BitsStored, bits)
        .setInt(Tag.HighBit, bits - 1)
        .setBytes(Tag.PixelData, color ? VR.OB : VR.OW, pixels);
  }

  /** pydicom, DCMTK and GDCM decode originals and renditions. */
  @Test
  void givenWhatViewersDoNotDecode_whenConverted_thenOthersFindTheSameSamples() throws Exception {
    assumeThat(Testdata.find()).isPresent();
    assumeThat(List.of("/usr/bin/gdcmconv", "/usr/bin/dcmdjpeg", "/usr/bin/python3"))
        .allMatch(tool -> Files.isExecutable(Path.of(tool)));
    List<String> command = new ArrayList<>();
    for (String sample :
        List.of(
            "synthetic/ts/bigendian_ct.dcm",
            "synthetic/ts/deflated_ct.dcm",
            "cornerstone3D/testImages/CTImage.dcm_JPEGProcess6_8TransferSyntax_1.2.840.10008.1.2.4.53.dcm",
            "cornerstone3D/testImages/CTImage.dcm_JPEGProcess10_12TransferSyntax_1.2.840.10008.1.2.4.55.dcm")) {
      Path file = Testdata.path(sample);
      StorageMessage message = indexed(intake.accept(file, tenant + command.size()));
      boolean compressed = sample.contains("JPEG");
      Wanted wanted =
          compressed ? new Wanted("lossless", UID.JPEG2000Lossless, 0, false) : EXPLICIT;

      assertThat(process(message, wanted)).isEqualTo(StepResult.DONE);

      Rendition made = rendition(message, RenditionKind.LOSSLESS);
      assertThat(made.transferSyntax()).isEqualTo(wanted.transferSyntax());
      assertThat(made.sop()).isEqualTo(message.sopInstance());
      command.add(file.toString());
      command.add(download(message, made).toString());
    }
    assertThat(
            run(
                Stream.concat(
                        Stream.of("/usr/bin/python3", "-c", ORACLE, folder.toString()),
                        command.stream())
                    .toList()))
        .isEqualTo("same\n".repeat(4));
  }

  private static final String ORACLE =
      """
      import subprocess, sys, numpy, pydicom
      def samples(path, n):
          syntax = str(pydicom.dcmread(path, stop_before_pixels=True).file_meta.TransferSyntaxUID)
          raw = '%s/oracle%d.dcm' % (sys.argv[1], n)
          if syntax[-3:] in ('.53', '.55'):
              subprocess.run(['dcmdjpeg', path, raw], check=True)
          elif syntax.endswith('.90'):
              subprocess.run(['gdcmconv', '--raw', path, raw], check=True)
          else:
              raw = path
          return pydicom.dcmread(raw).pixel_array
      files = sys.argv[2:]
      for n in range(0, len(files), 2):
          a, b = samples(files[n], n), samples(files[n + 1], n + 1)
          print('same' if a.shape == b.shape and numpy.array_equal(a, b) else 'other ' + files[n])
      """;

  @Test
  void givenAnImage_whenCompressed_thenTheRenditionIsSmallerAndDescribesItself() throws Exception {
    StorageMessage message = indexed(intake.accept(image(128, false)));
    double before = counted("lossless", "done");

    assertThat(process(message, JPEG_2000)).isEqualTo(StepResult.DONE);

    Rendition made = rendition(message, RenditionKind.LOSSLESS);
    assertThat(made.size()).isLessThan(message.fileSize());
    byte[] file = Files.readAllBytes(download(message, made));
    assertThat(file).hasSize((int) made.size());
    assertThat(sha256(Arrays.copyOfRange(file, made.dataSetOffset(), file.length)))
        .isEqualTo(made.digest());
    ArchiveName name =
        new ArchiveName(
            message.tenant(), message.study(), message.series(), message.sopInstance(), made.id());
    assertThat(made.locations().getFirst().blobId()).isEqualTo(name.object());
    assertThat(new String(name.readManifest(archive, name.object()), StandardCharsets.UTF_8))
        .contains("\"RenditionOf\":\"" + message.receptionId())
        .contains("\"Digest\":\"" + made.digest());
    assertThat(counted("lossless", "done")).isEqualTo(before + 1);
    assertThat(object(message).locations()).as("the original").isNotEmpty();
  }

  @Test
  void givenColor_whenCompressed_thenOnlyWhatViewersShowRightIsKept() throws Exception {
    StorageMessage byPixel = indexed(intake.accept(image(64, true)));
    StorageMessage byPlane =
        indexed(intake.accept(image(64, true).setInt(Tag.PlanarConfiguration, 1)));

    process(byPixel, JPEG_2000);
    process(byPlane, JPEG_2000);

    assertThat(header(byPixel, RenditionKind.LOSSLESS).getString(Tag.PhotometricInterpretation, ""))
        .isEqualTo("YBR_RCT");
    assertThat(object(byPlane).renditions()).isEmpty();
  }

  @Test
  void givenNoise_whenItDoesNotGetSmaller_thenNothingIsKept() throws Exception {
    byte[] noise = new byte[64 * 64 * 2];
    new Random(2).nextBytes(noise);
    StorageMessage message =
        indexed(
            intake.accept(
                image(64, false)
                    .setInt(Tag.BitsStored, 16)
                    .setInt(Tag.HighBit, 15)
                    .setBytes(Tag.PixelData, VR.OW, noise)));
    double before = counted("lossless", "refused");

    assertThat(process(message, JPEG_2000)).isEqualTo(StepResult.DONE);

    assertThat(object(message).renditions()).isEmpty();
    assertThat(blobsBeside(message)).isEmpty();
    assertThat(counted("lossless", "refused")).isEqualTo(before + 1);
  }

  @Test
  void givenAPreview_whenMade_thenItIsAnotherInstanceAndSaysThatItIsLossy() throws Exception {
    StorageMessage message = indexed(intake.accept(image(256, false)));

    process(message, JPEG_2000, PREVIEW);

    Attributes header = header(message, RenditionKind.PREVIEW);
    assertThat(header.getString(Tag.LossyImageCompression, "")).isEqualTo("01");
    assertThat(header.getString(Tag.SOPInstanceUID, ""))
        .isEqualTo(rendition(message, RenditionKind.PREVIEW).sop())
        .isNotEqualTo(message.sopInstance());
    assertThat(rendition(message, RenditionKind.PREVIEW).size())
        .isLessThan(rendition(message, RenditionKind.LOSSLESS).size());
  }

  @Test
  void givenARendition_whenItsMessageComesAgain_thenThereIsNoOther() throws Exception {
    StorageMessage message = indexed(intake.accept(image(64, false)));
    process(message, JPEG_2000);
    Rendition first = rendition(message, RenditionKind.LOSSLESS);

    process(message, JPEG_2000);

    assertThat(rendition(message, RenditionKind.LOSSLESS)).isEqualTo(first);
    assertThat(blobsBeside(message)).hasSize(2);
  }

  @Test
  void givenARendition_whenItsBlobIsGone_thenItIsMadeAgain() throws Exception {
    StorageMessage message = indexed(intake.accept(image(64, false)));
    process(message, JPEG_2000);
    Rendition first = rendition(message, RenditionKind.LOSSLESS);
    archive.delete(first.locations().getFirst().blobId());

    process(message, JPEG_2000);

    assertThat(rendition(message, RenditionKind.LOSSLESS).id()).isNotEqualTo(first.id());
  }

  @Test
  void givenAnotherPolicy_whenConvertedAgain_thenTheNewOneTakesThePlaceOfTheOld() throws Exception {
    StorageMessage message = indexed(intake.accept(image(64, false)));
    process(message, JPEG_2000);

    process(message, JPEG_LS);

    assertThat(rendition(message, RenditionKind.LOSSLESS).transferSyntax())
        .isEqualTo(UID.JPEGLSLossless);
    removeAll();
    assertThat(blobsBeside(message)).hasSize(2);
  }

  /** After the name was noted; after the bytes were stored; the message comes again. */
  @Test
  void givenWhoStoredARenditionDied_whenItsMessageComesAgain_thenTheBytesOfTheFirstGo()
      throws Exception {
    StorageMessage message = indexed(intake.accept(image(64, false)));
    died(message);

    process(message, JPEG_2000);

    removeAll();
    String kept = rendition(message, RenditionKind.LOSSLESS).locations().getFirst().blobId();
    assertThat(blobsBeside(message)).hasSize(2).anyMatch(blob -> kept.endsWith(blob));
  }

  @Test
  void givenWhoStoredARenditionDied_whenTheObjectIsDeletedMeanwhile_thenTheBytesGo()
      throws Exception {
    StorageMessage message = indexed(intake.accept(image(64, false)));
    died(message);
    delete(message);

    assertThat(process(message, JPEG_2000)).isEqualTo(StepResult.DONE);

    removeAll();
    assertThat(blobsBeside(message)).isEmpty();
  }

  /** As a process leaves it that is killed between the bytes and their row. */
  private void died(StorageMessage message) throws IOException {
    UUID id = UUID.randomUUID();
    ArchiveName name =
        new ArchiveName(
            message.tenant(), message.study(), message.series(), message.sopInstance(), id);
    renditions.begin(
        Places.reception(message), RenditionKind.LOSSLESS, id, archive.name(), name.object());
    Path file = Files.write(folder.resolve(id.toString()), new byte[] {1, 2, 3});
    name.storeIn(archive, file, new byte[] {4});
    assertThat(blobsBeside(message)).hasSize(2);
  }

  @Test
  void givenADeletionAndAConversionAtTheSameTime_whenBothEnd_thenNothingRemains() throws Exception {
    for (int round = 0; round < 4; round++) {
      StorageMessage message = indexed(intake.accept(image(64, false)));
      CompletableFuture<StepResult> converting =
          CompletableFuture.supplyAsync(() -> {
            try {
              return process(message, JPEG_2000);
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });
      if (round > 1) {
        converting.get(60, TimeUnit.SECONDS);
      }
      delete(message);
      converting.get(60, TimeUnit.SECONDS);

      // What couldn't be read any more is tried again, and finds out.
      assertThat(process(message, JPEG_2000)).isEqualTo(StepResult.DONE);
      removeAll();
      assertThat(blobsBeside(message)).isEmpty();
      assertThat(
              jdbc.sql("select count(*) from rendition where study_uid = ?")
                  .param(message.study())
                  .query(Long.class)
                  .single())
          .isZero();
    }
  }

  @Test
  void givenAFrameThatIsCutOff_whenConverted_thenItIsAFailureAndNoDeadLetter() throws Exception {
    assumeThat(Testdata.find()).isPresent();
    byte[] whole = Files.readAllBytes(Testdata.path("synthetic/ts/rle_ct.dcm"));
    Path corrupt = folder.resolve("corrupt.dcm");
    Files.write(corrupt, corrupted(whole));
    StorageMessage message = indexed(intake.accept(corrupt, tenant));
    double before = counted("lossless", "failed");

    assertThat(process(message, JPEG_2000)).isEqualTo(StepResult.DONE);

    assertThat(object(message).renditions()).isEmpty();
    assertThat(counted("lossless", "failed")).isEqualTo(before + 1);
    assertThat(scratchFiles()).isEmpty();
  }

  /** With the RLE header (PS3.5 G.5) of its frame overwritten. */
  private static byte[] corrupted(byte[] whole) {
    byte[] changed = whole.clone();
    byte[] pixelData = {(byte) 0xE0, 0x7F, 0x10, 0x00};
    int at = 0;
    while (!Arrays.equals(changed, at, at + 4, pixelData, 0, 4)) {
      at++;
    }
    Arrays.fill(changed, at + 12 + 8 + 4 + 8, at + 12 + 8 + 4 + 8 + 64, (byte) 0x7F);
    return changed;
  }

  @Test
  void givenALibraryIsMissing_whenConverted_thenItIsPutOffUntilThePackageIsThere()
      throws Exception {
    StorageMessage message = indexed(intake.accept(image(64, false)));
    CodecProperties none =
        new CodecProperties(
            1,
            DataSize.ofGigabytes(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            4,
            Duration.ofSeconds(60),
            "libcharls.so.2",
            "libnowhere.so.7");
    try (CodecProcesses processes = new CodecProcesses(none)) {
      Conversion conversion =
          new Conversion(
              index,
              renditions,
              new RenditionFiles(
                  objects, scratch, Codecs.of(processes::decoder, processes::encoder), properties),
              renditionArchive,
              new CodecLibraries(processes),
              records);

      assertThatThrownBy(() -> conversion.make(Places.reception(message), Goal.of(JPEG_2000)))
          .isInstanceOf(AwaitedException.class)
          .hasMessageContaining("libopenjp2-7");
    }
    assertThat(process(message, JPEG_2000)).as("when it is there").isEqualTo(StepResult.DONE);
    assertThat(object(message).renditions()).hasSize(1);
  }

  @Test
  void givenAFileThatIsOutOfReach_whenConverted_thenThatObjectIsPutOff() throws Exception {
    StorageMessage message = indexed(intake.accept(image(64, false)));
    Files.delete(folder.resolve("online").resolve(message.filePath()));

    StepResult result = process(message, JPEG_2000);

    assertThat(result.unusable()).isEmpty();
    assertThat(result.later()).hasSize(1);
    assertThat(scratchFiles()).isEmpty();
  }

  @Test
  void givenOneThatIsTooLargeOrNoRoom_whenConverted_thenItIsRefusedOrPutOff() throws Exception {
    StorageMessage message = indexed(intake.accept(image(64, false)));
    InstanceObject object = object(message);
    try (CodecProcesses processes = new CodecProcesses(CodecProperties.defaults())) {
      Codecs codecs = Codecs.of(processes::decoder, processes::encoder);
      ConverterProperties small =
          new ConverterProperties(
              1, folder.resolve("small"), DataSize.ofBytes(100), FRAME, DataSize.ofBytes(0));
      assertThatThrownBy(() ->
              new RenditionFiles(objects, new Scratch(small), codecs, small)
                  .make(object, Goal.of(JPEG_2000)))
          .isInstanceOf(UselessRenditionException.class)
          .hasMessageContaining("pacs.converter.largest");
      ConverterProperties full =
          new ConverterProperties(
              1,
              folder.resolve("full"),
              DataSize.ofGigabytes(1),
              FRAME,
              DataSize.ofTerabytes(1_000_000));
      assertThatThrownBy(() ->
              new RenditionFiles(objects, new Scratch(full), codecs, full)
                  .make(object, Goal.of(JPEG_2000)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no room");
    }
  }

  @Test
  void givenManyConversionsAtOnce_whenTheHeapHasNoRoomForTheFrame_thenItIsNotConverted()
      throws Exception {
    InstanceObject object = object(indexed(intake.accept(image(64, false))));
    ConverterProperties many =
        new ConverterProperties(
            1_000_000, folder.resolve("heap"), DataSize.ofGigabytes(1), FRAME, DataSize.ofBytes(0));
    RenditionFiles files = new RenditionFiles(objects, new Scratch(many), Codecs.inJava(), many);

    assertThatThrownBy(() -> files.make(object, Goal.of(JPEG_2000)))
        .isInstanceOf(UselessRenditionException.class)
        .hasMessageContaining("larger heap");
  }

  @Test
  void givenAFrameThatIsTooLarge_whenConverted_thenItIsNeitherDecodedNorEncoded() throws Exception {
    InstanceObject object = object(indexed(intake.accept(image(64, false))));
    ConverterProperties small =
        new ConverterProperties(
            1,
            folder.resolve("frame"),
            DataSize.ofGigabytes(1),
            DataSize.ofBytes(64 * 64 * 2 - 1),
            DataSize.ofBytes(0));
    RenditionFiles files = new RenditionFiles(objects, new Scratch(small), Codecs.inJava(), small);

    assertThatThrownBy(() -> files.make(object, Goal.of(JPEG_2000)))
        .isInstanceOf(UselessRenditionException.class)
        .hasMessageContaining("pacs.converter.largest-frame");
    try (RenditionFile rewritten = files.make(object, Goal.of(EXPLICIT))) {
      assertThat(rewritten.size()).isPositive();
    }
  }

  /** A few kilobytes that are deflated are megabytes. */
  @Test
  void givenWhatGrowsBeyondTheLargest_whenConverted_thenItIsRefusedAndTheDiskIsNotFilled()
      throws Exception {
    Attributes bomb = image(64, false).setBytes(0x00091001, VR.OB, new byte[8 << 20]);
    StorageMessage message =
        indexed(intake.accept(written(bomb, UID.DeflatedExplicitVRLittleEndian), tenant));
    ConverterProperties small =
        new ConverterProperties(
            1, folder.resolve("bomb"), DataSize.ofMegabytes(1), FRAME, DataSize.ofBytes(0));
    RenditionFiles files = new RenditionFiles(objects, new Scratch(small), Codecs.inJava(), small);

    assertThat(message.fileSize()).isLessThan(100_000);
    for (Wanted wanted : List.of(EXPLICIT, new Wanted("lossless", UID.RLELossless, 0, false))) {
      assertThatThrownBy(() -> files.make(object(message), Goal.of(wanted)))
          .isInstanceOf(UselessRenditionException.class)
          .hasMessageContaining("pacs.converter.largest");
      assertThat(folder.resolve("bomb")).isEmptyDirectory();
    }
  }

  @Test
  void givenFramesThatDecodeToMoreThanTheLargest_whenConverted_thenItIsRefused() throws Exception {
    Attributes zeros = image(64, false).setInt(Tag.NumberOfFrames, 200);
    // Two segments of 4096 zeros, in runs of 128.
    byte[] frame = new byte[64 + 2 * 64];
    frame[0] = 2;
    frame[4] = 64;
    frame[8] = (byte) 128;
    for (int run = 64; run < frame.length; run += 2) {
      frame[run] = -127;
    }
    Fragments fragments = new Fragments();
    fragments.add(new byte[0]);
    for (int i = 0; i < 200; i++) {
      fragments.add(frame);
    }
    zeros.set(Tag.PixelData, VR.OB, fragments);
    StorageMessage message = indexed(intake.accept(written(zeros, UID.RLELossless), tenant));
    ConverterProperties small =
        new ConverterProperties(
            1, folder.resolve("zeros"), DataSize.ofMegabytes(1), FRAME, DataSize.ofBytes(0));
    RenditionFiles files = new RenditionFiles(objects, new Scratch(small), Codecs.inJava(), small);

    assertThatThrownBy(() -> files.make(object(message), Goal.of(EXPLICIT)))
        .isInstanceOf(UselessRenditionException.class)
        .hasMessageContaining("pacs.converter.largest");
    assertThat(folder.resolve("zeros")).isEmptyDirectory();
  }

  private static Path written(Attributes dataSet, String syntax) throws IOException {
    Path file = Files.createTempFile(folder, "written", ".dcm");
    try (OutputStream out = Files.newOutputStream(file)) {
      DicomOutputStream.writeFile(
          FileMeta.of(
              dataSet.getString(Tag.SOPClassUID, ""),
              dataSet.getString(Tag.SOPInstanceUID, ""),
              syntax),
          dataSet,
          out);
    }
    return file;
  }

  @Test
  void givenTheDiskFillsUpWhileItIsWritten_thenThatIsSeenIn16Megabytes() throws Exception {
    Path full = Files.createDirectories(folder.resolve("filling"));
    Scratch filling =
        new Scratch(
            new ConverterProperties(
                1, full, DataSize.ofGigabytes(1), FRAME, DataSize.ofTerabytes(1_000_000)));
    try (OutputStream out = new BoundedOutput(OutputStream.nullOutputStream(), filling)) {
      byte[] megabytes = new byte[8 << 20];
      out.write(megabytes);

      assertThatThrownBy(() -> out.write(megabytes))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no room");
    }
  }

  @Test
  void givenWhatAProcessLeftThatDied_whenStarted_thenScratchIsEmpty() throws Exception {
    Path left = Files.createDirectories(folder.resolve("left"));
    Files.write(left.resolve("convert-of-the-dead.tmp"), new byte[10]);
    Files.write(left.resolve("of somebody else"), new byte[10]);

    new Scratch(
        new ConverterProperties(1, left, DataSize.ofGigabytes(1), FRAME, DataSize.ofGigabytes(1)));

    try (Stream<Path> files = Files.list(left)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactly("of somebody else");
    }
  }

  @Test
  void givenRecordsThatMakeNoSense_whenRead_thenTheyAreUnusable() {
    StorageMessage message = intake.accept(image(16, false));
    for (Wanted wanted :
        List.of(
            new Wanted("thumbnail", UID.JPEG2000, 0, false),
            new Wanted("lossless", "no uid", 0, false),
            new Wanted("preview", UID.JPEG2000, 0.5, false))) {
      assertThatThrownBy(() -> converter.read(record(message, wanted)))
          .isInstanceOf(UnusableRecordException.class);
    }
    for (String value : List.of("null", "{}", "rubbish", "{\"SchemaVersion\":1,\"Object\":{}}")) {
      assertThatThrownBy(() ->
              converter.read(
                  new ConsumerRecord<>(
                      Topics.CONVERT, 0, 0, "k", value.getBytes(StandardCharsets.UTF_8))))
          .as(value)
          .isInstanceOf(UnusableRecordException.class);
    }
  }

  private StorageMessage indexed(StorageMessage message) throws Exception {
    StorageRecord record =
        new StorageRecord(
            new ConsumerRecord<>(Topics.STORAGE, 0, 0, message.study(), new byte[0]), message);
    for (Step step : steps) {
      if (step.group().equals("indexer")) {
        step.process(List.of(record));
      }
    }
    return message;
  }

  private StepResult process(StorageMessage message, Wanted... wanted) throws Exception {
    return converter.process(List.of(converter.read(record(message, wanted))));
  }

  private static ConsumerRecord<String, byte[]> record(StorageMessage message, Wanted... wanted) {
    return new ConsumerRecord<>(
        Topics.CONVERT,
        0,
        0,
        message.study(),
        CODEC.encode(new ConvertMessage(1, message, List.of(wanted))));
  }

  private InstanceObject object(StorageMessage message) {
    return index
        .find(message.tenant(), message.study(), message.series(), message.sopInstance())
        .orElseThrow();
  }

  private Rendition rendition(StorageMessage message, RenditionKind kind) {
    return object(message).rendition(kind).orElseThrow();
  }

  private Path download(StorageMessage message, Rendition rendition) throws IOException {
    Path file = folder.resolve(rendition.id() + ".dcm");
    ByteSource bytes = objects.open(object(message).as(rendition));
    try (InputStream in = bytes.open(0, rendition.size());
        OutputStream out = Files.newOutputStream(file)) {
      in.transferTo(out);
    }
    return file;
  }

  private Attributes header(StorageMessage message, RenditionKind kind) throws IOException {
    try (DicomInputStream in =
        DicomInputStream.ofFile(download(message, rendition(message, kind)))) {
      return in.readDataSetUntil(Tag.FloatPixelData);
    }
  }

  private void delete(StorageMessage message) {
    deletions.delete(DeletionTarget.study(message.tenant(), message.study()), Duration.ZERO);
  }

  /** As webworker-service does. */
  private void removeAll() {
    journal.waiting(1000).forEach(journal::journaled);
    removals.remove(
        archive.name(),
        1000,
        removal ->
            new ArchiveName(
                    removal.reception().tenant(),
                    removal.reception().study(),
                    removal.reception().series(),
                    removal.reception().sop(),
                    removal.reception().receptionId())
                .deleteFrom(archive, removal.blobId()));
  }

  /** Files of renditions: nothing else of these objects is in the archive. */
  private List<String> blobsBeside(StorageMessage message) throws IOException {
    Path beside =
        folder
            .resolve("archive")
            .resolve(message.tenant())
            .resolve(message.study())
            .resolve(message.series())
            .resolve(message.sopInstance());
    if (!Files.isDirectory(beside)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(beside)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static List<Path> scratchFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("scratch"))) {
      return files.toList();
    }
  }

  private double counted(String kind, String outcome) {
    return Optional.ofNullable(
            meters.find("pacs.renditions").tags("kind", kind, "outcome", outcome).counter())
        .map(counter -> counter.count())
        .orElse(0.0);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static String run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
