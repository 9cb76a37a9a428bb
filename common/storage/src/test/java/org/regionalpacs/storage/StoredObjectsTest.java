package org.regionalpacs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.index.ObjectLocation;

class StoredObjectsTest {
  private static final String NODE = "6ec4b8a0-8a4e-4d6e-9a83-0a1d2e3f4a5b";
  private static final ObjectLocation ONLINE =
      new ObjectLocation(ObjectLocation.ONLINE, NODE, "t/1/2/3.dcm", 0, 6);
  private static final ObjectLocation ARCHIVED =
      new ObjectLocation("local", "", "t/1/2/3/r.dcm", 0, 6);

  @TempDir Path folder;
  private LocalBlobStore archive;
  private OnlineFiles online;
  private StoredObjects objects;

  @BeforeEach
  void open() throws IOException {
    Path root = Files.createDirectories(folder.resolve("online/t/1/2")).getParent().getParent();
    archive = LocalBlobStore.open("local", folder.resolve("archive"));
    online = new OnlineFiles(root.getParent());
    objects = new StoredObjects(online, OtherNodes.NONE, List.of(archive));
  }

  private void owned() throws IOException {
    Files.writeString(folder.resolve("online/.node"), NODE + "\n");
  }

  private void onDisk(String content) throws IOException {
    Files.writeString(folder.resolve("online/t/1/2/3.dcm"), content);
  }

  private void archived(String content) throws IOException {
    archive.put(ARCHIVED.blobId(), new ByteArrayInputStream(content.getBytes()), content.length());
  }

  private String read(List<ObjectLocation> locations) throws IOException {
    try (InputStream in = objects.open(locations).open(0, -1)) {
      return new String(in.readAllBytes());
    }
  }

  @Test
  void givenBothPlaces_whenOpened_thenTheOnlineFileIsRead() throws IOException {
    owned();
    onDisk("online");
    archived("archiv");

    assertThat(read(List.of(ARCHIVED, ONLINE))).isEqualTo("online");
    List<String> from = new ArrayList<>();
    objects.open(List.of(ARCHIVED, ONLINE), from::add).open(0, -1).close();
    assertThat(from).containsExactly("online");
    assertThat(objects.onThisHost(List.of(ARCHIVED, ONLINE))).isTrue();
  }

  @Test
  void givenTheOnlineFileIsGoneOrCut_whenOpened_thenTheArchiveIsRead() throws IOException {
    owned();
    archived("archiv");
    assertThat(read(List.of(ONLINE, ARCHIVED))).isEqualTo("archiv");

    onDisk("onl");
    assertThat(read(List.of(ONLINE, ARCHIVED))).isEqualTo("archiv");
  }

  @Test
  void givenAnObjectInsideABlob_whenOpened_thenOnlyItsRangeIsThere() throws IOException {
    archived("..object..");
    ByteSource source =
        objects.open(List.of(new ObjectLocation("local", "", ARCHIVED.blobId(), 2, 6)));

    assertThat(source.size()).isEqualTo(6);
    try (InputStream in = source.open(1, 3)) {
      assertThat(in.readAllBytes()).asString().isEqualTo("bje");
    }
    assertThatThrownBy(() -> source.open(1, 6)).isInstanceOf(EOFException.class);
  }

  @Test
  void givenAnotherNodesFile_whenOpened_thenItIsUnavailableNotMissing() throws IOException {
    onDisk("online");
    assertThatThrownBy(() -> read(List.of(ONLINE))).isInstanceOf(ObjectUnavailableException.class);

    archived("archiv");
    assertThat(read(List.of(ONLINE, ARCHIVED))).isEqualTo("archiv");
  }

  @Test
  void givenAStoreNobodyKnows_whenOpened_thenItIsUnavailable() {
    assertThatThrownBy(() -> read(List.of(new ObjectLocation("elsewhere", "", "a", 0, 1))))
        .isInstanceOf(ObjectUnavailableException.class);
  }

  @Test
  void givenAParserThatReadsAllOfALargeBlob_whenItReads_thenOnlyItsHeadIsReadForOthersToo()
      throws IOException {
    byte[] content = new byte[9_000_000];
    archive.put(ARCHIVED.blobId(), new ByteArrayInputStream(content), content.length);
    List<Long> steps = new ArrayList<>();
    ByteSource source =
        objects.open(
            List.of(new ObjectLocation("local", "", ARCHIVED.blobId(), 0, content.length)),
            _ -> {},
            (store, place, offset, length, from) -> {
              steps.add(length / 1024);
              return StoredObjects.BlobReading.DIRECT.open(store, place, offset, length, from);
            });

    try (InputStream in = source.open(0, -1)) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
    assertThat(steps).containsExactly(64L, 256L, 1024L);
  }

  @Test
  void givenNoPlaceHasIt_whenOpened_thenItIsMissing() throws IOException {
    owned();
    assertThatThrownBy(() -> read(List.of(ONLINE, ARCHIVED)))
        .isInstanceOf(ObjectMissingException.class);
    assertThatThrownBy(() -> read(List.of())).isInstanceOf(ObjectMissingException.class);
    assertThat(objects.onThisHost(List.of(ONLINE, ARCHIVED))).isFalse();
  }

  @Test
  void givenAnObjectThatIsBeingRead_whenItsOnlineFileGoes_thenTheArchiveIsReadOn()
      throws IOException {
    owned();
    onDisk("online");
    archived("archiv");
    List<String> from = new ArrayList<>();
    ByteSource source = objects.open(List.of(ONLINE, ARCHIVED), from::add);
    source.open(0, 3).close();
    Files.delete(folder.resolve("online/t/1/2/3.dcm"));

    assertThat(source.open(0, -1)).hasContent("archiv");
    assertThat(source.open(2, 3)).hasContent("chi");
    assertThat(from).containsExactly("online", "local", "local");
  }

  @Test
  void givenABlobThatEndsEarly_whenOpened_thenItIsNotTheObject() throws IOException {
    archived("arch");
    assertThatThrownBy(() -> read(List.of(ARCHIVED))).isInstanceOf(ObjectMissingException.class);
  }

  @Test
  void givenAPlaceThatFails_whenReadOn_thenItIsAskedLastFromThenOn() throws IOException {
    archived("archiv");
    List<String> asked = new ArrayList<>();
    ObjectLocation copy = new ObjectLocation("local", "", "t/1/2/3/copy.dcm", 0, 6);
    ByteSource source =
        objects.open(
            List.of(copy, ARCHIVED),
            _ -> {},
            (store, place, offset, length, from) -> {
              asked.add(place.blobId());
              if (place.equals(copy)) {
                throw new BlobStoreUnreachableException(store.name(), "test");
              }
              return StoredObjects.BlobReading.DIRECT.open(store, place, offset, length, from);
            });

    assertThat(source.open(0, 6)).hasContent("archiv");
    assertThat(source.open(0, 6)).hasContent("archiv");
    assertThat(asked).containsExactly(copy.blobId(), ARCHIVED.blobId(), ARCHIVED.blobId());
  }

  @Test
  void givenTheNodeFileAppearsLater_whenAsked_thenItIsSeen() throws IOException {
    assertThat(online.node()).isEmpty();
    owned();
    assertThat(online.node()).contains(NODE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc/passwd", "t/../../x", "", "a\0b"})
  void givenAPathOutOfTheRoot_whenResolved_thenItIsRefused(String path) {
    assertThatThrownBy(() -> online.resolve(NODE, path))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
