package org.regionalpacs.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * A real file system of a few megabytes, for tests of a disk that fills up. A test that asks for
 * one is reported as skipped where this user may not mount it.
 *
 * @param path where it is mounted
 */
public record SmallVolume(Path path) implements AutoCloseable {

  /** Mounts one on a new folder. */
  public static SmallVolume mount(int megabytes) {
    Assumptions.assumeTrue(
        "root".equals(System.getProperty("user.name")), "only root can mount a volume");
    try {
      Path folder = Files.createTempDirectory("pacs-small-volume-");
      ExternalTool.Outcome mount =
          ExternalTool.named("mount")
              .run("-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder);
      Assumptions.assumeTrue(mount.code() == 0, "no volume can be mounted here: " + mount.output());
      return new SmallVolume(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another program's file of that size. */
  public Path fill(int megabytes) {
    try {
      return Files.write(path.resolve("other-program"), new byte[megabytes * 1024 * 1024]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    ExternalTool.named("umount").run("-l", path);
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
