package org.regionalpacs.metadata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.index.IndexWriter;
import org.regionalpacs.index.IndexedInstance;
import org.regionalpacs.index.LocationWriter;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.index.ReceivedObject;
import org.regionalpacs.index.ReceptionKey;
import org.regionalpacs.test.SampleObjects;

/** A node that takes objects in, for tests: the file is online, indexed and placed at once. */
public final class OnlineNode {
  /** The hospital of all objects. */
  public static final String TENANT = "default";

  private static final String NODE = "node-1";
  private static final AtomicLong RECEPTIONS = new AtomicLong(0x0190_0000_0000_7000L);

  private final Path root;
  private final IndexWriter index;
  private final LocationWriter locations;

  public OnlineNode(Path root, IndexWriter index, LocationWriter locations) {
    this.root = root;
    this.index = index;
    this.locations = locations;
    write(root.resolve(".node"), NODE.getBytes(StandardCharsets.US_ASCII));
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The series of these objects. */
  public static SeriesKey key(SampleObjects objects) {
    return new SeriesKey(TENANT, objects.studyUid(), objects.seriesUid());
  }

  /** Takes in images with these numbers. */
  public List<Path> receive(SampleObjects objects, int... numbers) {
    return Arrays.stream(numbers).mapToObj(number -> receive(objects.image(number))).toList();
  }

  /**
   * Takes in an object.
   *
   * @return its file
   */
  public Path receive(Attributes object) {
    String study = object.getString(Tag.StudyInstanceUID, "");
    String series = object.getString(Tag.SeriesInstanceUID, "");
    UUID reception = new UUID(RECEPTIONS.incrementAndGet(), 0x8000_0000_0000_0000L);
    Path folder = root.resolve(TENANT).resolve(study).resolve(series).resolve(reception.toString());
    Path file = SampleObjects.write(object, folder);
    long size = file.toFile().length();
    ObjectLocation place =
        new ObjectLocation(ObjectLocation.ONLINE, NODE, root.relativize(file).toString(), 0, size);
    ReceptionKey key =
        new ReceptionKey(
            TENANT, study, series, object.getString(Tag.SOPInstanceUID, ""), reception);
    locations.upsert(List.of(new PlacedObject(key, place)));
    index.index(List.of(IndexedInstance.of(received(object, reception, size), object)));
    return file;
  }

  private static ReceivedObject received(Attributes object, UUID reception, long size) {
    return new ReceivedObject(
        TENANT,
        reception,
        object.getString(Tag.StudyInstanceUID, ""),
        object.getString(Tag.SeriesInstanceUID, ""),
        object.getString(Tag.SOPInstanceUID, ""),
        object.getString(Tag.SOPClassUID, ""),
        UID.ExplicitVRLittleEndian,
        reception.toString().replace("-", "").repeat(2),
        size,
        0,
        Instant.now(),
        object.getString(Tag.PatientID, ""));
  }
}
