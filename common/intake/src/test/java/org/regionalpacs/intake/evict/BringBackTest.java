package org.regionalpacs.intake.evict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.index.NodeObject;
import org.regionalpacs.intake.NotTheObjectException;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.nodes.DeleteFiles;
import org.regionalpacs.test.fastdfs.Fault;
import org.regionalpacs.test.fastdfs.Wire;

/** Evicted files come back as they were. */
class BringBackTest extends EvictingNode {

  @Test
  void givenAColdStudy_whenBroughtBack_thenItsFileIsAsItWas() throws Exception {
    StorageMessage message = evicted();
    byte[] bytes = read(message);

    var result = bringBack();

    assertThat(result.objects()).isEqualTo(1);
    assertThat(result.bytes()).isEqualTo(bytes.length);
    assertThat(Files.readAllBytes(file(message))).isEqualTo(bytes);
    assertThat(Files.getLastModifiedTime(file(message)).toInstant()).isEqualTo(message.received());
    assertThat(state(message)).isEqualTo(NodeObject.AVAILABLE);
    assertThat(leftovers()).isEmpty();
    assertThat(
            jdbc.sql(
                    "select online and evicted_objects = 0 and wanted is null from online_study"
                        + " where study_uid = ?")
                .param(object.study())
                .query(Boolean.class)
                .single())
        .isTrue();
    assertThat(bringBack().objects()).isZero();
    reconcile();
    assertThat(findings()).isEmpty();
    assertThat(evict().objects()).isEqualTo(1);
  }

  @Test
  void givenItIsBack_whenTheSameIsStoredAgain_thenItIsRecognised() throws Exception {
    StorageMessage message = evicted();
    bringBack();

    assertThat(stored(object).receptionId()).isEqualTo(message.receptionId());
  }

  @Test
  void givenAFileOfAnotherProgram_whenItIsBack_thenItIsOfTheSameReception() throws Exception {
    StorageMessage message = archived(object);
    byte[] bytes = Files.readAllBytes(file(message));
    // A name that no seal was written for: its id is made up from time and content.
    bytes[indexOf(bytes, "RPI".getBytes())] ^= 1;
    Files.write(file(message), bytes);
    Files.setLastModifiedTime(
        file(message), FileTime.from(Instant.parse("2026-01-02T03:04:05.678Z")));
    var held = files.look(message.filePath()).orElseThrow();
    jdbc.sql("update location set reception_id = ? where reception_id = ? and store = 'online'")
        .params(held.receptionId(), message.receptionId())
        .update();
    jdbc.sql("delete from location where reception_id = ?").param(message.receptionId()).update();
    jdbc.sql("update instance set reception_id = ? where reception_id = ?")
        .params(held.receptionId(), message.receptionId())
        .update();
    String id = archives.named("fastdfs").put("x/y", new ByteArrayInputStream(bytes), -1).id();
    jdbc.sql(
            """
            insert into location (tenant, reception_id, store, node, blob_id, blob_length, state)
            values ('default', ?, 'fastdfs', '', ?, ?, 'available')
            """)
        .params(held.receptionId(), id, bytes.length)
        .update();
    assertThat(evict().objects()).isEqualTo(1);

    assertThat(bringBack().objects()).isEqualTo(1);

    assertThat(files.look(message.filePath()).orElseThrow()).isEqualTo(held);
    assertThat(evict().objects()).isEqualTo(1);
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }

  @Test
  void givenAnotherHasItsName_whenBroughtBack_thenBothAreThere() throws Exception {
    StorageMessage message = evicted();
    byte[] bytes = read(message);
    StorageMessage other = stored(object.with(Tag.PatientName, "Other^Name"));
    byte[] others = Files.readAllBytes(file(other));

    assertThat(bringBack().objects()).isEqualTo(1);

    assertThat(Files.readAllBytes(file(other))).isEqualTo(others);
    assertThat(Files.readAllBytes(online.resolve(place(message).path()))).isEqualTo(bytes);
    reconcile();
    assertThat(findings()).isEmpty();
  }

  @Test
  void givenACopyThatIsDamaged_whenBroughtBack_thenNothingGetsAName() throws Exception {
    StorageMessage message = evicted();
    byte[] copy = Files.readAllBytes(copyOf(message));
    copy[message.dataSetOffset() + 100] ^= 1;
    Files.write(copyOf(message), copy);

    assertThat(bringBack().refused()).isEqualTo(Map.of("copy-damaged", 1L));

    assertThat(file(message)).doesNotExist();
    assertThat(leftovers()).isEmpty();
    assertThat(state(message)).isEqualTo(NodeObject.EVICTED);
  }

  @Test
  void givenACopyThatIsGone_whenBroughtBack_thenItIsSaid() throws Exception {
    StorageMessage message = evicted();
    Files.delete(copyOf(message));
    double before = refusals("in", Refusal.COPY_GONE);

    assertThat(bringBack().refused()).isEqualTo(Map.of("copy-gone", 1L));

    assertThat(refusals("in", Refusal.COPY_GONE)).isEqualTo(before + 1);
  }

  @Test
  void givenAnArchiveThatBreaksOff_whenBroughtBack_thenTheTaskFailsAndLeavesNothing()
      throws Exception {
    StorageMessage message = evicted();
    storage().faults().always(Wire.DOWNLOAD, new Fault.HangDownload(3000));

    assertThatThrownBy(this::bringBack).isInstanceOf(IOException.class);

    assertThat(leftovers()).isEmpty();
    assertThat(file(message)).doesNotExist();
    CLUSTER.heal();
    assertThat(bringBack().objects()).isEqualTo(1);
  }

  @Test
  void givenACrashAfterItGotItsName_whenBroughtBackAgain_thenThatFileIsUsed() throws Exception {
    StorageMessage message = evicted();
    String path = named(message);
    Object inode = Files.getAttribute(online.resolve(path), "unix:ino");
    storage().faults().always(Wire.DOWNLOAD, new Fault.Answer(5));

    assertThat(bringBack().objects()).isEqualTo(1);

    assertThat(Files.getAttribute(file(message), "unix:ino")).isEqualTo(inode);
    assertThat(state(message)).isEqualTo(NodeObject.AVAILABLE);
  }

  @Test
  void givenACrashAfterItGotItsName_whenReconciled_thenItIsOnline() throws Exception {
    StorageMessage message = evicted();
    named(message);

    reconcile();

    assertThat(findings()).containsExactly("RETURNED");
    assertThat(state(message)).isEqualTo(NodeObject.AVAILABLE);
  }

  @Test
  void givenItWasDeletedWhileItCameBack_whenItIsThere_thenItIsRemovedAgain() throws Exception {
    StorageMessage message = evicted();
    NodeObject seen = nodeObject(message);
    named(message);
    delete();
    assertThat(evictions.back(seen, message.filePath())).isFalse();

    files.discard(seen, message.filePath());

    assertThat(file(message)).doesNotExist();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void givenItWasDeletedAndStoredAgainWhileItCameBack_whenRemoved_thenTheNewObjectIsKept()
      throws Exception {
    StorageMessage message = evicted();
    NodeObject seen = nodeObject(message);
    named(message);
    delete();
    var again = intake.receive(object.reception(), object.stream());
    assertThat(again.duplicate()).isTrue();

    files.discard(seen, message.filePath());

    assertThat(files.look(message.filePath()).orElseThrow().receptionId())
        .isNotEqualTo(message.receptionId());
  }

  @Test
  void givenAProcessDiedWhileItWrote_whenANodeStarts_thenNothingIsLeft() throws Exception {
    StorageMessage message = evicted();
    Path dead = Files.createDirectories(online.root().resolve(".tmp/dead"));
    Files.write(dead.resolve("half.part"), new byte[100]);

    reconcile();

    assertThat(leftovers()).isEmpty();
    assertThat(state(message)).isEqualTo(NodeObject.EVICTED);
  }

  @Test
  void givenAPinnedStudyThatCantComeBack_whenCounted_thenItIsWantedAgain() throws Exception {
    StorageMessage message = evicted();
    pins.pin("default", object.study(), "");
    Files.delete(copyOf(message));

    bringBack();

    assertThat(
            jdbc.sql("select wanted is not null from online_study where study_uid = ?")
                .param(object.study())
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  private StorageMessage evicted() throws Exception {
    StorageMessage message = archived(object);
    assertThat(evict().objects()).isEqualTo(1);
    return message;
  }

  /** Back on the disk, but not in the index. */
  private String named(StorageMessage message) throws Exception {
    return files.bringBack(nodeObject(message), new ByteArrayInputStream(read(message)), _ -> {});
  }

  @Test
  void givenAFileThatIsTooLongOrTooShort_whenBroughtBack_thenItIsNotTheObject() throws Exception {
    StorageMessage message = evicted();
    byte[] bytes = read(message);
    for (int length : List.of(0, 100, 1024, bytes.length - 1, bytes.length + 1)) {
      assertThatThrownBy(() ->
              files.bringBack(
                  nodeObject(message),
                  new ByteArrayInputStream(Arrays.copyOf(bytes, length)),
                  _ -> {}))
          .isInstanceOf(NotTheObjectException.class);
    }
    assertThat(leftovers()).isEmpty();
    assertThat(file(message)).doesNotExist();
  }

  @Test
  void givenItIsRemovedByItsPath_whenAnotherHasIt_thenThatStays() throws Exception {
    StorageMessage message = evicted();
    StorageMessage other = stored(object.with(Tag.PatientName, "Other^Name"));

    deleting.run(
        new DeleteFiles(
            List.of(
                new DeleteFiles.File(message.filePath(), message.receptionId(), Instant.now()))));

    assertThat(file(other)).exists();
  }
}
