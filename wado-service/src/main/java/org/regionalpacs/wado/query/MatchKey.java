package org.regionalpacs.wado.query;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.regionalpacs.dicom.data.ElementDictionary;
import org.regionalpacs.dicom.data.Tag;

/** The attributes that can be searched by, and where the index has them. */
enum MatchKey {
  PATIENT_NAME(Tag.PatientName, Level.STUDY, Matching.NAME, "p.name_search"),
  PATIENT_ID(Tag.PatientID, Level.STUDY, Matching.TEXT, "p.patient_id"),
  ISSUER_OF_PATIENT_ID(Tag.IssuerOfPatientID, Level.STUDY, Matching.TEXT, "p.issuer"),
  PATIENT_BIRTH_DATE(Tag.PatientBirthDate, Level.STUDY, Matching.DATE, "p.birth_date"),
  PATIENT_SEX(Tag.PatientSex, Level.STUDY, Matching.CODE, "p.sex"),
  STUDY_INSTANCE_UID(Tag.StudyInstanceUID, Level.STUDY, Matching.UID, "s.study_uid"),
  STUDY_DATE(Tag.StudyDate, Level.STUDY, Matching.DATE, "s.study_date"),
  STUDY_TIME(Tag.StudyTime, Level.STUDY, Matching.TIME, "s.study_time"),
  ACCESSION_NUMBER(Tag.AccessionNumber, Level.STUDY, Matching.TEXT, "s.accession_number"),
  STUDY_ID(Tag.StudyID, Level.STUDY, Matching.TEXT, "s.study_id"),
  STUDY_DESCRIPTION(Tag.StudyDescription, Level.STUDY, Matching.FOLDED, "s.description"),
  REFERRING_PHYSICIAN(
      Tag.ReferringPhysicianName, Level.STUDY, Matching.NAME, "s.referring_physician"),
  MODALITIES_IN_STUDY(Tag.ModalitiesInStudy, Level.STUDY, Matching.CODES, "s.modalities"),
  SOP_CLASSES_IN_STUDY(Tag.SOPClassesInStudy, Level.STUDY, Matching.UIDS, "s.sop_classes"),
  SERIES_INSTANCE_UID(Tag.SeriesInstanceUID, Level.SERIES, Matching.UID, "se.series_uid"),
  MODALITY(Tag.Modality, Level.SERIES, Matching.CODE, "se.modality"),
  SERIES_NUMBER(Tag.SeriesNumber, Level.SERIES, Matching.NUMBER, "se.series_number"),
  SERIES_DESCRIPTION(Tag.SeriesDescription, Level.SERIES, Matching.FOLDED, "se.description"),
  SERIES_DATE(Tag.SeriesDate, Level.SERIES, Matching.DATE, "se.series_date"),
  SERIES_TIME(Tag.SeriesTime, Level.SERIES, Matching.TIME, "se.series_time"),
  SOP_INSTANCE_UID(Tag.SOPInstanceUID, Level.INSTANCE, Matching.UID, "i.sop_uid"),
  SOP_CLASS_UID(Tag.SOPClassUID, Level.INSTANCE, Matching.UID, "i.sop_class"),
  INSTANCE_NUMBER(Tag.InstanceNumber, Level.INSTANCE, Matching.NUMBER, "i.instance_number"),
  TRANSFER_SYNTAX(
      Tag.AvailableTransferSyntaxUID, Level.INSTANCE, Matching.UID, "i.transfer_syntax"),
  ROWS(Tag.Rows, Level.INSTANCE, Matching.NUMBER, "i.rows"),
  COLUMNS(Tag.Columns, Level.INSTANCE, Matching.NUMBER, "i.columns"),
  NUMBER_OF_FRAMES(Tag.NumberOfFrames, Level.INSTANCE, Matching.NUMBER, "i.number_of_frames");

  private static final Map<Integer, MatchKey> BY_TAG =
      Arrays.stream(values()).collect(Collectors.toMap(key -> key.tag, Function.identity()));

  private final int tag;
  private final Level level;
  private final Matching matching;
  private final String column;

  MatchKey(int tag, Level level, Matching matching, String column) {
    this.tag = tag;
    this.level = level;
    this.matching = matching;
    this.column = column;
  }

  /** The key of an attribute, empty when it can't be searched by. */
  static Optional<MatchKey> of(int tag) {
    return Optional.ofNullable(BY_TAG.get(tag));
  }

  Level level() {
    return level;
  }

  /** The condition that a value sets. */
  Condition condition(String value) {
    return matching.condition(column, ElementDictionary.keywordOf(tag).orElseThrow(), value);
  }
}
