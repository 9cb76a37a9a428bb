package org.regionalpacs.index;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.regionalpacs.dicom.data.Tag;

/**
 * Which attributes are kept of a patient, a study and a series: what QIDO-RS returns at that level
 * (PS3.18 10.6.3.3) and what people ask for beside. Specific Character Set is never among them:
 * what is kept is Unicode.
 */
public final class LevelTags {
  static final int[] PATIENT = {
    Tag.PatientName,
    Tag.PatientID,
    Tag.IssuerOfPatientID,
    Tag.TypeOfPatientID,
    Tag.IssuerOfPatientIDQualifiersSequence,
    Tag.PatientBirthDate,
    Tag.PatientBirthTime,
    Tag.PatientSex,
    Tag.OtherPatientIDs,
    Tag.OtherPatientNames,
    Tag.OtherPatientIDsSequence,
    Tag.EthnicGroup,
    Tag.PatientComments,
  };

  static final int[] STUDY = {
    Tag.StudyDate,
    Tag.StudyTime,
    Tag.AccessionNumber,
    Tag.IssuerOfAccessionNumberSequence,
    Tag.InstitutionName,
    Tag.ReferringPhysicianName,
    Tag.TimezoneOffsetFromUTC,
    Tag.StudyDescription,
    Tag.ProcedureCodeSequence,
    Tag.PhysiciansOfRecord,
    Tag.NameOfPhysiciansReadingStudy,
    Tag.AdmittingDiagnosesDescription,
    Tag.PatientAge,
    Tag.PatientSize,
    Tag.PatientWeight,
    Tag.Occupation,
    Tag.AdditionalPatientHistory,
    Tag.StudyInstanceUID,
    Tag.StudyID,
  };

  static final int[] SERIES = {
    Tag.SeriesDate,
    Tag.SeriesTime,
    Tag.Modality,
    Tag.Manufacturer,
    Tag.InstitutionName,
    Tag.StationName,
    Tag.TimezoneOffsetFromUTC,
    Tag.SeriesDescription,
    Tag.SeriesDescriptionCodeSequence,
    Tag.InstitutionalDepartmentName,
    Tag.PerformingPhysicianName,
    Tag.OperatorsName,
    Tag.ManufacturerModelName,
    Tag.BodyPartExamined,
    Tag.DeviceSerialNumber,
    Tag.SoftwareVersions,
    Tag.ProtocolName,
    Tag.PatientPosition,
    Tag.SeriesInstanceUID,
    Tag.SeriesNumber,
    Tag.FrameOfReferenceUID,
    Tag.Laterality,
    Tag.PerformedProcedureStepStartDate,
    Tag.PerformedProcedureStepStartTime,
    Tag.PerformedProcedureStepID,
    Tag.PerformedProcedureStepDescription,
    Tag.RequestAttributesSequence,
  };

  private static final Set<Integer> OF_PATIENT = set(PATIENT);
  private static final Set<Integer> OF_STUDY = set(STUDY);
  private static final Set<Integer> OF_SERIES = set(SERIES);

  private LevelTags() {}

  /** Whether the attribute is kept of a patient, a study or a series. */
  public static boolean kept(int tag) {
    return ofPatient(tag) || ofStudy(tag) || ofSeries(tag);
  }

  /** Whether the attribute is kept of a patient. */
  public static boolean ofPatient(int tag) {
    return OF_PATIENT.contains(tag);
  }

  /** Whether the attribute is kept of a study. */
  public static boolean ofStudy(int tag) {
    return OF_STUDY.contains(tag);
  }

  /** Whether the attribute is kept of a series. */
  public static boolean ofSeries(int tag) {
    return OF_SERIES.contains(tag);
  }

  private static Set<Integer> set(int... tags) {
    return Arrays.stream(tags).boxed().collect(Collectors.toUnmodifiableSet());
  }
}
