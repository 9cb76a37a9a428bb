package org.regionalpacs.standalone;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * What a running product tells the other commands, in a file of the data folder.
 *
 * @param pid its process
 * @param started when
 * @param ready whether it takes requests
 * @param address where DICOM and DICOMweb are reached from this machine
 * @param dicom port of DICOM
 * @param http port of DICOMweb
 * @param health first port of health
 * @param postgresql port of PostgreSQL
 * @param kafka port of Kafka
 * @param redis port of Redis
 * @param separate whether the services have JVMs of their own
 */
record RunState(
    long pid,
    Instant started,
    boolean ready,
    String address,
    int dicom,
    int http,
    int health,
    int postgresql,
    int kafka,
    int redis,
    boolean separate) {

  static RunState of(Ports ports, Instant started, boolean ready, boolean separate) {
    return new RunState(
        ProcessHandle.current().pid(),
        started,
        ready,
        ports.reachable(),
        ports.dicom,
        ports.http,
        ports.health,
        ports.postgresql,
        ports.kafka,
        ports.redis,
        separate);
  }

  /** The product that runs on that folder, if one does. */
  static Optional<RunState> running(DataFolder folder) {
    return InstanceLock.taken(folder) ? read(folder) : Optional.empty();
  }

  private static Optional<RunState> read(DataFolder folder) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file(folder))) {
      properties.load(reader);
      return Optional.of(
          new RunState(
              Long.parseLong(properties.getProperty("pid")),
              Instant.parse(properties.getProperty("started")),
              Boolean.parseBoolean(properties.getProperty("ready")),
              properties.getProperty("address"),
              Integer.parseInt(properties.getProperty("dicom")),
              Integer.parseInt(properties.getProperty("http")),
              Integer.parseInt(properties.getProperty("health")),
              Integer.parseInt(properties.getProperty("postgresql")),
              Integer.parseInt(properties.getProperty("kafka")),
              Integer.parseInt(properties.getProperty("redis")),
              Boolean.parseBoolean(properties.getProperty("separate"))));
    } catch (IOException | RuntimeException e) {
      // Somebody has the lock but hasn't written yet.
      return Optional.empty();
    }
  }

  void write(DataFolder folder) {
    Properties properties = new Properties();
    properties.setProperty("pid", String.valueOf(pid));
    properties.setProperty("started", started.toString());
    properties.setProperty("ready", String.valueOf(ready));
    properties.setProperty("address", address);
    properties.setProperty("dicom", String.valueOf(dicom));
    properties.setProperty("http", String.valueOf(http));
    properties.setProperty("health", String.valueOf(health));
    properties.setProperty("postgresql", String.valueOf(postgresql));
    properties.setProperty("kafka", String.valueOf(kafka));
    properties.setProperty("redis", String.valueOf(redis));
    properties.setProperty("separate", String.valueOf(separate));
    try (StringWriter text = new StringWriter()) {
      properties.store(text, "The product that runs on this folder");
      Path half = file(folder).resolveSibling("state.half");
      Files.writeString(half, text.toString());
      Files.move(half, file(folder), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(DataFolder folder) {
    try {
      Files.deleteIfExists(file(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(DataFolder folder) {
    return folder.run().resolve("state");
  }
}
