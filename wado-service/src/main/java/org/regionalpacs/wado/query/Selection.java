package org.regionalpacs.wado.query;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.index.LevelTags;

/**
 * Which attributes a result holds: those that PS3.18 10.6.3.3 requires of its level, those of the
 * levels above that the path doesn't name, and those included.
 *
 * @param target what is searched
 * @param included tags asked for beside
 * @param all everything that is kept
 * @param tags extended query tags among them
 */
record Selection(Target target, Set<Integer> included, boolean all, List<TagKey> tags) {
  /** Required attributes, returned without a value when it isn't known. */
  private static final Map<Level, Map<Integer, VR>> REQUIRED =
      Map.of(
          Level.STUDY,
          Map.of(
              Tag.StudyDate, VR.DA,
              Tag.StudyTime, VR.TM,
              Tag.AccessionNumber, VR.SH,
              Tag.ReferringPhysicianName, VR.PN,
              Tag.PatientName, VR.PN,
              Tag.PatientID, VR.LO,
              Tag.PatientBirthDate, VR.DA,
              Tag.PatientSex, VR.CS,
              Tag.StudyID, VR.SH),
          Level.SERIES,
          Map.of(Tag.Modality, VR.CS, Tag.SeriesNumber, VR.IS),
          Level.INSTANCE,
          Map.of(Tag.InstanceNumber, VR.IS));

  /** Attributes that are returned when there is a value. */
  private static final Map<Level, Set<Integer>> WITH_VALUE =
      Map.of(
          Level.STUDY,
          Set.of(Tag.TimezoneOffsetFromUTC),
          Level.SERIES,
          Set.of(
              Tag.TimezoneOffsetFromUTC,
              Tag.SeriesDescription,
              Tag.PerformedProcedureStepStartDate,
              Tag.PerformedProcedureStepStartTime,
              Tag.RequestAttributesSequence),
          Level.INSTANCE,
          Set.of(Tag.SOPClassUID, Tag.Rows, Tag.Columns, Tag.BitsAllocated, Tag.NumberOfFrames));

  /** What results have beside what is kept of patients, studies and series. */
  private static final Set<Integer> OTHERS =
      Set.of(
          Tag.SpecificCharacterSet,
          Tag.InstanceAvailability,
          Tag.RetrieveURL,
          Tag.ModalitiesInStudy,
          Tag.SOPClassesInStudy,
          Tag.NumberOfStudyRelatedSeries,
          Tag.NumberOfStudyRelatedInstances,
          Tag.NumberOfSeriesRelatedInstances,
          Tag.SOPInstanceUID,
          Tag.InstanceNumber,
          Tag.AvailableTransferSyntaxUID);

  /** Whether results of some level have the attribute, if it has a value. */
  static boolean known(int tag) {
    return LevelTags.kept(tag)
        || OTHERS.contains(tag)
        || WITH_VALUE.get(Level.INSTANCE).contains(tag);
  }

  /**
   * Whether an attribute that is kept at a level is returned. The timezone of an instance is kept
   * with its series.
   */
  boolean returns(int tag, Level level) {
    return all
        || tag == Tag.TimezoneOffsetFromUTC
        || included.contains(tag)
        || target.returns(level)
            && (REQUIRED.get(level).containsKey(tag) || WITH_VALUE.get(level).contains(tag));
  }

  /** The kept attributes of a level that are returned, sorted; of no use when all are. */
  int[] returned(Level level) {
    Set<Integer> tags = new HashSet<>(included);
    tags.add(Tag.TimezoneOffsetFromUTC);
    if (target.returns(level)) {
      tags.addAll(REQUIRED.get(level).keySet());
      tags.addAll(WITH_VALUE.get(level));
    }
    return tags.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  /** Whether an attribute that a level is computed to have is returned. */
  boolean returnsComputed(int tag, Level level) {
    return target.returns(level) || included.contains(tag) || all;
  }

  /** Attributes of a level that are returned even without a value. */
  Map<Integer, VR> required(Level level) {
    return target.returns(level) ? REQUIRED.get(level) : Map.of();
  }

  /** Whether anything that is kept of patients may be returned, and so must be read. */
  boolean readsPatients() {
    return target.returns(Level.STUDY) || all || included.stream().anyMatch(LevelTags::ofPatient);
  }

  /** The same of studies, but for their timezone. */
  boolean readsStudies() {
    return target.returns(Level.STUDY) || all || included.stream().anyMatch(LevelTags::ofStudy);
  }

  /** The same of series. */
  boolean readsSeries() {
    return target.returns(Level.SERIES) || all || included.stream().anyMatch(LevelTags::ofSeries);
  }
}
