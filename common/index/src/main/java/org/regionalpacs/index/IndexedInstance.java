package org.regionalpacs.index;

import java.util.List;
import java.util.UUID;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;

/** An accepted object with what the index keeps of its header. Made by {@link #of}. */
public final class IndexedInstance {
  private final ReceivedObject object;
  private final UUID patientKey;
  private final LevelAttributes patient;
  private final LevelAttributes study;
  private final LevelAttributes series;
  private final InstanceEntry instance;
  private final long tagGeneration;
  private final List<QueryTagReading> tags;

  private IndexedInstance(ReceivedObject object, Attributes header, QueryTagSet tags) {
    this.object = object;
    this.tagGeneration = tags.generation();
    this.tags = QueryTagReader.read(tags.of(object.tenant()), header);
    this.patient =
        LevelAttributes.pick(header, LevelTags.PATIENT)
            .withDefault(Tag.PatientID, object.patientId());
    this.patientKey =
        PatientKey.of(
            patient.text(Tag.IssuerOfPatientID), patient.text(Tag.PatientID), object.study());
    this.study =
        LevelAttributes.pick(header, LevelTags.STUDY).with(Tag.StudyInstanceUID, object.study());
    this.series =
        LevelAttributes.pick(header, LevelTags.SERIES).with(Tag.SeriesInstanceUID, object.series());
    this.instance = InstanceEntry.of(header);
  }

  /**
   * Picks what the index keeps. Nothing in a header makes this fail: values that can't be used are
   * left empty. The UIDs are those intake knew: they are in the path of the file and in every
   * message.
   *
   * @param header the data set without bulk data; empty when it can't be read, then the object is
   *     indexed by what intake knew
   */
  public static IndexedInstance of(ReceivedObject object, Attributes header) {
    return of(object, header, QueryTagSet.NONE);
  }

  /**
   * The same with the values of extended query tags.
   *
   * @param tags that are known; where these aren't all any more, the index has the object read
   *     again
   */
  public static IndexedInstance of(ReceivedObject object, Attributes header, QueryTagSet tags) {
    return new IndexedInstance(object, header, tags);
  }

  /** What intake knew of the object. */
  public ReceivedObject object() {
    return object;
  }

  StudyIdentity studyIdentity() {
    return new StudyIdentity(object.tenant(), object.study());
  }

  SeriesIdentity seriesIdentity() {
    return new SeriesIdentity(object.tenant(), object.study(), object.series());
  }

  UUID patientKey() {
    return patientKey;
  }

  LevelAttributes patient() {
    return patient;
  }

  LevelAttributes study() {
    return study;
  }

  LevelAttributes series() {
    return series;
  }

  long tagGeneration() {
    return tagGeneration;
  }

  List<QueryTagReading> tags() {
    return tags;
  }

  Version version() {
    return new Version(object, instance);
  }
}
