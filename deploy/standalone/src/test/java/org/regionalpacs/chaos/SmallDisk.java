package org.regionalpacs.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The disk of the online store: a tmpfs where this user may mount one, so that it can be filled.
 * Elsewhere nothing is filled, and the log says so.
 */
final class SmallDisk implements AutoCloseable {
  private static final long MEGABYTE = 1L << 20;

  /** Free-space mark of the product on it, in megabytes. */
  static final int MARK = 48;

  private final Path folder;
  private final boolean mounted;

  private SmallDisk(Path folder, boolean mounted) {
    this.folder = folder;
    this.mounted = mounted;
  }

  /** Makes the folder a disk of so many megabytes. */
  static SmallDisk at(Path folder, int megabytes) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    String size = "size=" + megabytes + "m";
    boolean mounted = run("mount", "-t", "tmpfs", "-o", size, "chaos", folder.toString());
    return new SmallDisk(folder, mounted);
  }

  /** Fills it, to the last byte or below the mark; what was done. */
  String fill(boolean brim) throws IOException {
    if (!mounted) {
      return "not filled, this user can't mount a small one";
    }
    long left = brim ? 0 : MARK / 2 * MEGABYTE;
    byte[] block = new byte[64 * 1024];
    try (OutputStream ballast = Files.newOutputStream(ballast())) {
      while (folder.toFile().getUsableSpace() > left) {
        ballast.write(block);
      }
    } catch (IOException e) {
      // Full, as it should be: others write too.
    }
    return "full but for %d KB".formatted(folder.toFile().getUsableSpace() / 1024);
  }

  void free() throws IOException {
    Files.deleteIfExists(ballast());
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  /** Copies what is on it to a folder that stays. */
  void copyTo(Path kept) throws IOException, InterruptedException {
    if (mounted) {
      run("cp", "-a", folder.toString(), kept.toString());
    }
  }

  private static boolean run(String... line) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  /** Unmounts it, which deletes everything on it. */
  @Override
  public void close() {
    try {
      if (mounted && !run("umount", folder.toString())) {
        run("umount", "-l", folder.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
