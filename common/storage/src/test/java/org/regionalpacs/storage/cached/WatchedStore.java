package org.regionalpacs.storage.cached;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.LocalBlobStore;

/** A real store that counts what is asked of it and may be made to wait. */
final class WatchedStore implements BlobStore {
  private static final int OPEN = 1_000_000;

  private final BlobStore store;
  private final Semaphore gate = new Semaphore(OPEN);
  final AtomicInteger gets = new AtomicInteger();

  WatchedStore(Path folder) {
    store = LocalBlobStore.open("local", folder);
  }

  /** Lets nobody read until it is opened again. */
  void shut() {
    gate.drainPermits();
  }

  void open() {
    gate.release(OPEN);
  }

  String put(byte[] content) throws IOException {
    String name = "blobs/" + System.nanoTime();
    return put(name, new ByteArrayInputStream(content), content.length).id();
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public StoredBlob put(String name, InputStream content, long length) throws IOException {
    return store.put(name, content, length);
  }

  @Override
  public InputStream get(String id, long offset, long length) throws IOException {
    gets.incrementAndGet();
    try {
      if (!gate.tryAcquire(20, TimeUnit.SECONDS)) {
        throw new IOException("shut for too long");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return store.get(id, offset, length);
  }

  @Override
  public Optional<StoredBlob> stat(String id) throws IOException {
    return store.stat(id);
  }

  @Override
  public void delete(String id) throws IOException {
    store.delete(id);
  }
}
