package org.regionalpacs.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Server binaries unpacked from jars of the class path, shared by all runs on this machine. A
 * folder is named by the content's checksum and appears complete or not at all, however many JVMs
 * ask for it at once.
 *
 * <p>The place is the system property {@code pacs.cache}, else the environment's {@code
 * PACS_CACHE}, else {@code regional-pacs} in the user's cache folder.
 */
final class BinaryCache {
  private final Path root;

  BinaryCache(Path root) {
    this.root = root;
  }

  static BinaryCache ofUser() {
    String set = System.getProperty("pacs.cache", System.getenv().getOrDefault("PACS_CACHE", ""));
    if (!set.isEmpty()) {
      return new BinaryCache(Path.of(set));
    }
    String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path home = Path.of(System.getProperty("user.home"));
    Path caches = xdg.isEmpty() ? home.resolve(".cache") : Path.of(xdg);
    if (!Files.isWritable(home) && !Files.isWritable(caches)) {
      caches = Path.of(System.getProperty("java.io.tmpdir"), System.getProperty("user.name"));
    }
    return new BinaryCache(caches.resolve("regional-pacs"));
  }

  /** The folder with the content of the {@code .txz} resource. */
  Path archive(String resource) throws IOException {
    return folder(resource, BinaryCache::untar);
  }

  /** The executable file of that resource. */
  Path program(String resource, String as) throws IOException {
    Unpacker copy =
        (in, folder) -> {
          Path file = folder.resolve(as);
          Files.copy(in, file);
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        };
    return folder(resource, copy).resolve(as);
  }

  private interface Unpacker {
    void unpack(InputStream in, Path folder) throws IOException;
  }

  private synchronized Path folder(String resource, Unpacker unpacker) throws IOException {
    URL url = BinaryCache.class.getResource("/" + resource);
    if (url == null) {
      throw new IOException("not on the class path: " + resource);
    }
    String key = resource.replaceFirst("\\.txz$", "") + "-" + checksum(url);
    Path folder = root.resolve(key);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Files.createDirectories(root);
    Path lock = root.resolve(key + ".lock");
    // The monitor keeps this JVM's threads apart, the lock keeps JVMs apart.
    synchronized (BinaryCache.class) {
      try (FileChannel channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        if (held.isValid() && !Files.isDirectory(folder)) {
          Path half = root.resolve(key + ".half");
          deleteTree(half);
          Files.createDirectories(half);
          try (InputStream in = url.openStream()) {
            unpacker.unpack(in, half);
          }
          Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
    return folder;
  }

  private static String checksum(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false);
    if (connection instanceof JarURLConnection jar) {
      try (java.util.jar.JarFile file = jar.getJarFile()) {
        return "%08x".formatted(file.getEntry(jar.getEntryName()).getCrc());
      }
    }
    return Long.toHexString(connection.getContentLengthLong());
  }

  private static void untar(InputStream in, Path folder) throws IOException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        Path path = folder.resolve(entry.getName()).normalize();
        if (!path.startsWith(folder)) {
          throw new IOException("leaves the folder: " + entry.getName());
        }
        Files.createDirectories(entry.isDirectory() ? path : path.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
          Files.copy(tar, path);
          Files.setPosixFilePermissions(path, permissions(entry));
        }
      }
    }
  }

  private static Set<PosixFilePermission> permissions(TarArchiveEntry entry) {
    boolean program = (entry.getMode() & 0100) != 0;
    return new HashSet<>(PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
  }

  static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException failure)
              throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
