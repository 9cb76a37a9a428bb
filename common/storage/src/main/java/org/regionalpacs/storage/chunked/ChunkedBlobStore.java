package org.regionalpacs.storage.chunked;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.regionalpacs.storage.BlobCollisionException;
import org.regionalpacs.storage.BlobCorruptException;
import org.regionalpacs.storage.BlobMissingException;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.ContentDigest;

/**
 * Keeps large blobs of another store as blocks, uploaded side by side, with a manifest ({@link
 * Manifest}) beside them. The manifest's id is the blob's, so reading takes no database. Smaller
 * blobs are kept as they are.
 *
 * <p>The manifest is stored last: what breaks before leaves blocks, which the next put of the same
 * name and content goes on with. A delete removes the blocks, then the manifest.
 */
public final class ChunkedBlobStore implements BlobStore {
  private final BlobStore store;
  private final ChunkingSettings settings;
  private final Path journals;
  private final BlockListSource lists;
  private final Buffers buffers;
  private final Manifests manifests;

  private ChunkedBlobStore(
      BlobStore store, ChunkingSettings settings, Path journals, BlockListSource lists) {
    this.store = store;
    this.settings = settings;
    this.journals = journals;
    this.lists = lists;
    this.buffers = new Buffers(settings.buffers(), settings.block());
    this.manifests = new Manifests(store, lists);
  }

  /**
   * Opens it, without lists of blocks elsewhere. See {@link #open(BlobStore, ChunkingSettings,
   * Path, BlockListSource)}.
   */
  public static ChunkedBlobStore open(BlobStore store, ChunkingSettings settings, Path journals) {
    return open(store, settings, journals, BlockListSource.NONE);
  }

  /**
   * Opens it.
   *
   * @param journals folder for the lists of blocks of uploads under way; made when absent. Several
   *     processes may share it
   * @param lists of blocks, as {@link #blockList} gave them
   * @throws IllegalStateException when the folder can't be used
   */
  public static ChunkedBlobStore open(
      BlobStore store, ChunkingSettings settings, Path journals, BlockListSource lists) {
    try {
      Files.createDirectories(journals);
    } catch (IOException e) {
      throw new IllegalStateException("folder '" + journals + "' can't be used: " + e, e);
    }
    return new ChunkedBlobStore(store, settings, journals, lists);
  }

  /**
   * Deletes the blocks of uploads that broke and that nobody has gone on with.
   *
   * @param age for so long
   * @return uploads whose blocks are gone
   * @throws IOException when it is to be tried again later
   */
  public int deleteAbandoned(Duration age) throws IOException {
    return new AbandonedBlocks(store, journals, lists).clean(age);
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public String nameHere(String name) throws IOException {
    return store.nameHere(name);
  }

  @Override
  public boolean keepsNames() {
    return store.keepsNames();
  }

  @Override
  public StoredBlob put(String name, InputStream content, long length) throws IOException {
    BlockNames names = BlockNames.of(name);
    if (length > settings.threshold()) {
      return split(name, names, Optional.empty(), content, length);
    }
    if (length >= 0) {
      Optional<Manifest> other = splitBefore(names);
      return other.isPresent()
          ? same(name, names, other.get(), content)
          : store.put(BlockNames.plain(name), content, length);
    }
    byte[] first = buffers.take();
    boolean full = false;
    try {
      int count = content.readNBytes(first, 0, first.length);
      full = count == first.length;
      if (!full) {
        requireNotSplit(name, names);
        return store.putBytes(BlockNames.plain(name), first, count);
      }
    } finally {
      if (!full) {
        buffers.give(first);
      }
    }
    return split(name, names, Optional.of(first), content, length);
  }

  @Override
  public StoredBlob putFile(String name, Path file) throws IOException {
    BlockNames names = BlockNames.of(name);
    long size = Files.size(file);
    if (size <= settings.threshold() && splitBefore(names).isEmpty()) {
      return store.putFile(BlockNames.plain(name), file);
    }
    try (InputStream content = Files.newInputStream(file)) {
      return put(name, content, size);
    }
  }

  @Override
  public StoredBlob putFile(String name, Path file, byte[] tail) throws IOException {
    BlockNames names = BlockNames.of(name);
    return Files.size(file) + tail.length <= settings.threshold() && splitBefore(names).isEmpty()
        ? store.putFile(BlockNames.plain(name), file, tail)
        : BlobStore.super.putFile(name, file, tail);
  }

  @Override
  public StoredBlob putBytes(String name, byte[] bytes, int length) throws IOException {
    BlockNames names = BlockNames.of(name);
    return length <= settings.threshold() && splitBefore(names).isEmpty()
        ? store.putBytes(BlockNames.plain(name), bytes, length)
        : BlobStore.super.putBytes(name, bytes, length);
  }

  /** What has this name in blocks, where a name can be taken. */
  private Optional<Manifest> splitBefore(BlockNames names) throws IOException {
    return store.keepsNames() && store.stat(names.manifest()).isPresent()
        ? Optional.of(manifests.read(names.manifest()))
        : Optional.empty();
  }

  private void requireNotSplit(String name, BlockNames names) throws IOException {
    if (splitBefore(names).isPresent()) {
      throw new BlobCollisionException(store.name(), name);
    }
  }

  private StoredBlob same(String name, BlockNames names, Manifest other, InputStream content)
      throws IOException {
    if (!ContentDigest.of(content).equals(other.sha256())) {
      throw new BlobCollisionException(store.name(), name);
    }
    return new StoredBlob(names.manifest(), other.size());
  }

  private StoredBlob split(
      String name, BlockNames names, Optional<byte[]> first, InputStream content, long length)
      throws IOException {
    try (UploadedBlocks uploaded = uploaded(names, first)) {
      Manifest manifest =
          new BlockUpload(store, uploaded, buffers, settings.parallel())
              .run(first, content, length);
      Optional<StoredBlob> plain =
          store.keepsNames() ? store.stat(BlockNames.plain(name)) : Optional.empty();
      if (plain.isPresent()) {
        return same(name, manifest, plain.get());
      }
      byte[] text = manifest.text();
      String id = store.putBytes(names.manifest(), text, text.length).id();
      if (store.keepsNames()) {
        requireBlocks(id, manifest);
      }
      uploaded.complete();
      manifests.keep(id, manifest);
      return new StoredBlob(id, manifest.size());
    }
  }

  private UploadedBlocks uploaded(BlockNames names, Optional<byte[]> first) throws IOException {
    try {
      return store.keepsNames()
          ? new NamedBlocks(store, names)
          : JournaledBlocks.open(store, names, journals);
    } catch (IOException e) {
      first.ifPresent(buffers::give);
      throw e;
    }
  }

  private StoredBlob same(String name, Manifest manifest, StoredBlob plain) throws IOException {
    if (plain.size() != manifest.size() || !store.digest(plain.id()).equals(manifest.sha256())) {
      throw new BlobCollisionException(store.name(), name);
    }
    return plain;
  }

  private void requireBlocks(String id, Manifest manifest) throws IOException {
    try {
      NamedBlocks.requireAll(store, manifest);
    } catch (IOException e) {
      store.delete(id);
      throw e;
    }
  }

  @Override
  public InputStream get(String id, long offset, long length) throws IOException {
    if (!BlockNames.isManifest(id)) {
      return store.get(id, offset, length);
    }
    Optional<Manifest> known = manifests.known(id);
    if (known.isPresent()) {
      try {
        return open(id, known.get(), offset, length);
      } catch (EOFException | BlobCorruptException e) {
        // Deleted, and maybe put again, since it was read.
        manifests.forget(id);
      }
    }
    return open(id, manifests.read(id), offset, length);
  }

  private InputStream open(String id, Manifest manifest, long offset, long length)
      throws IOException {
    long size = manifest.size();
    long wanted = length < 0 ? size - offset : length;
    if (offset < 0 || wanted < 0 || wanted > size - offset) {
      throw new EOFException("bytes " + offset + " to " + (offset + wanted) + " of " + size);
    }
    if (wanted > 0) {
      return BlockStream.open(store, manifest.parts(offset, wanted));
    }
    return store.get(id, 0, 0);
  }

  @Override
  public Optional<StoredBlob> stat(String id) throws IOException {
    Optional<StoredBlob> found = store.stat(id);
    if (!BlockNames.isManifest(id)) {
      return found;
    }
    try {
      Optional<Manifest> manifest =
          found.isPresent() ? Optional.of(manifests.current(id)) : manifests.stillWhole(id);
      return manifest.map(whole -> new StoredBlob(id, whole.size()));
    } catch (BlobMissingException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> blockList(String id) throws IOException {
    return BlockNames.isManifest(id)
        ? Optional.of(new String(manifests.current(id).text(), StandardCharsets.US_ASCII))
        : Optional.empty();
  }

  @Override
  public void delete(String id) throws IOException {
    if (BlockNames.isManifest(id)) {
      manifests.forget(id);
      try {
        for (Block block : manifests.lastOf(id)) {
          store.delete(block.id());
        }
      } finally {
        manifests.forget(id);
      }
    }
    store.delete(id);
  }

  @Override
  public String toString() {
    return "ChunkedBlobStore[" + store + ", " + settings + "]";
  }
}
