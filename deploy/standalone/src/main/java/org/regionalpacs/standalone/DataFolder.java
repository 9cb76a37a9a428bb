package org.regionalpacs.standalone;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Everything the product keeps, in one folder.
 *
 * @param root the folder, absolute
 */
record DataFolder(Path root) {

  /** Makes it where it is absent, and proves that it can be written. */
  static DataFolder make(Path path) {
    DataFolder folder = of(path);
    try {
      Files.createDirectories(folder.run());
      Files.createDirectories(folder.logs());
      Files.delete(Files.createTempFile(folder.root, "writable", ""));
      return folder;
    } catch (AccessDeniedException e) {
      throw new Complaint("The data folder " + folder.root + " can't be written: access denied", e);
    } catch (IOException e) {
      throw new Complaint("The data folder " + folder.root + " can't be used: " + e, e);
    }
  }

  static DataFolder of(Path path) {
    return new DataFolder(path.toAbsolutePath().normalize());
  }

  Path online() {
    return root.resolve("online");
  }

  Path archive() {
    return root.resolve("archive");
  }

  Path derived() {
    return root.resolve("derived");
  }

  /** Content on its way to FastDFS. */
  Path fastDfsSpool() {
    return root.resolve("fastdfs-spool");
  }

  /** What is transcoded and too large for the heap, until it is sent. */
  Path transcode() {
    return root.resolve("transcode");
  }

  /** What FastDFS would forget with the database. */
  Path catalogue() {
    return root.resolve("catalogue");
  }

  /** Possible orphans on their way to the database. */
  Path fastDfsOrphans() {
    return root.resolve("fastdfs-orphans");
  }

  /** Lists of the blocks of uploads under way. */
  Path blocks() {
    return root.resolve("blocks");
  }

  /** Conversions under way. */
  Path convertScratch() {
    return root.resolve("convert-scratch");
  }

  Path postgresql() {
    return root.resolve("postgresql");
  }

  Path kafka() {
    return root.resolve("kafka");
  }

  Path redis() {
    return root.resolve("redis");
  }

  Path logs() {
    return root.resolve("logs");
  }

  Path log(String name) {
    return logs().resolve(name + ".log");
  }

  /** Settings of the user's own, which every service reads if the file is there. */
  Path settings() {
    return root.resolve("pacs.yml");
  }

  Path run() {
    return root.resolve("run");
  }

  /** What belongs to the process of a service that has one of its own. */
  Path service(Service service) {
    return run().resolve(service.id());
  }

  /** How it may be shown: relative to the working folder where that is shorter. */
  String shown() {
    Path here = Path.of("").toAbsolutePath();
    return root.startsWith(here) ? "./" + here.relativize(root) : root.toString();
  }
}
