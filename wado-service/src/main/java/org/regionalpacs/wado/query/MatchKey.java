package org.regionalpacs.wado.query;

import static org.regionalpacs.wado.query.Level.INSTANCE;
import static org.regionalpacs.wado.query.Level.SERIES;
import static org.regionalpacs.wado.query.Level.STUDY;
import static org.regionalpacs.wado.query.Reach.INDEXED;
import static org.regionalpacs.wado.query.Reach.NARROWING;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.regionalpacs.dicom.data.ElementDictionary;
import org.regionalpacs.dicom.data.Tag;

/**
 * The attributes that can be searched by, and where the index has them: all of PS3.18 tables
 * 10.6.1-5, and more. Those in sequences are {@link SequenceKey}s.
 */
enum MatchKey {
  PATIENT_NAME(Tag.PatientName, STUDY, INDEXED, Matching.NAME, "p.name_search"),
  PATIENT_ID(Tag.PatientID, STUDY, INDEXED, Matching.TEXT, "p.patient_id"),
  ISSUER_OF_PATIENT_ID(Tag.IssuerOfPatientID, STUDY, NARROWING, Matching.TEXT, "p.issuer"),
  PATIENT_BIRTH_DATE(Tag.PatientBirthDate, STUDY, INDEXED, Matching.DATE, "p.birth_date"),
  PATIENT_SEX(Tag.PatientSex, STUDY, NARROWING, Matching.CODE, "p.sex"),
  STUDY_INSTANCE_UID(Tag.StudyInstanceUID, STUDY, INDEXED, Matching.UID, "s.study_uid"),
  STUDY_DATE(Tag.StudyDate, STUDY, INDEXED, Matching.DATE, "s.study_date"),
  STUDY_TIME(Tag.StudyTime, STUDY, INDEXED, Matching.TIME, "s.study_time"),
  ACCESSION_NUMBER(Tag.AccessionNumber, STUDY, INDEXED, Matching.TEXT, "s.accession_number"),
  STUDY_ID(Tag.StudyID, STUDY, INDEXED, Matching.TEXT, "s.study_id"),
  STUDY_DESCRIPTION(Tag.StudyDescription, STUDY, INDEXED, Matching.FOLDED, "s.description"),
  REFERRING_PHYSICIAN(
      Tag.ReferringPhysicianName, STUDY, INDEXED, Matching.NAME, "s.referring_physician"),
  MODALITIES_IN_STUDY(Tag.ModalitiesInStudy, STUDY, INDEXED, Matching.CODES, "s.modalities"),
  SOP_CLASSES_IN_STUDY(Tag.SOPClassesInStudy, STUDY, INDEXED, Matching.UIDS, "s.sop_classes"),
  SERIES_INSTANCE_UID(Tag.SeriesInstanceUID, SERIES, INDEXED, Matching.UID, "se.series_uid"),
  MODALITY(Tag.Modality, SERIES, INDEXED, Matching.CODE, "se.modality"),
  SERIES_NUMBER(Tag.SeriesNumber, SERIES, NARROWING, Matching.NUMBER, "se.series_number"),
  SERIES_DESCRIPTION(Tag.SeriesDescription, SERIES, INDEXED, Matching.FOLDED, "se.description"),
  SERIES_DATE(Tag.SeriesDate, SERIES, INDEXED, Matching.DATE, "se.series_date"),
  SERIES_TIME(Tag.SeriesTime, SERIES, NARROWING, Matching.TIME, "se.series_time"),
  PROCEDURE_STEP_DATE(
      Tag.PerformedProcedureStepStartDate,
      SERIES,
      INDEXED,
      Matching.DATE,
      Kept.date("se", Tag.PerformedProcedureStepStartDate)),
  PROCEDURE_STEP_TIME(
      Tag.PerformedProcedureStepStartTime,
      SERIES,
      NARROWING,
      Matching.TIME,
      Kept.time("se", Tag.PerformedProcedureStepStartTime)),
  PROCEDURE_STEP_ID(Tag.PerformedProcedureStepID),
  PROCEDURE_STEP_DESCRIPTION(Tag.PerformedProcedureStepDescription),
  INSTITUTION(Tag.InstitutionName),
  DEPARTMENT(Tag.InstitutionalDepartmentName),
  STATION(Tag.StationName),
  BODY_PART(Tag.BodyPartExamined),
  LATERALITY(Tag.Laterality),
  PROTOCOL(Tag.ProtocolName),
  MANUFACTURER(Tag.Manufacturer),
  MODEL(Tag.ManufacturerModelName),
  FRAME_OF_REFERENCE(Tag.FrameOfReferenceUID),
  SOP_INSTANCE_UID(Tag.SOPInstanceUID, INSTANCE, INDEXED, Matching.UID, "i.sop_uid"),
  SOP_CLASS_UID(Tag.SOPClassUID, INSTANCE, NARROWING, Matching.UID, "i.sop_class"),
  INSTANCE_NUMBER(Tag.InstanceNumber, INSTANCE, NARROWING, Matching.NUMBER, "i.instance_number"),
  TRANSFER_SYNTAX(
      Tag.AvailableTransferSyntaxUID, INSTANCE, NARROWING, Matching.UID, "i.transfer_syntax"),
  ROWS(Tag.Rows, INSTANCE, NARROWING, Matching.NUMBER, "i.rows"),
  COLUMNS(Tag.Columns, INSTANCE, NARROWING, Matching.NUMBER, "i.columns"),
  BITS_ALLOCATED(Tag.BitsAllocated, INSTANCE, NARROWING, Matching.NUMBER, "i.bits_allocated"),
  NUMBER_OF_FRAMES(Tag.NumberOfFrames, INSTANCE, NARROWING, Matching.NUMBER, "i.number_of_frames");

  private static final Map<Integer, MatchKey> BY_TAG =
      Arrays.stream(values()).collect(Collectors.toMap(key -> key.tag, Function.identity()));

  private final int tag;
  private final Level level;
  private final Reach reach;
  private final Matching matching;
  private final String column;

  MatchKey(int tag, Level level, Reach reach, Matching matching, String column) {
    this.tag = tag;
    this.level = level;
    this.reach = reach;
    this.matching = matching;
    this.column = column;
  }

  /** A text of series that is kept as JSON only. */
  MatchKey(int tag) {
    this(tag, SERIES, NARROWING, Matching.TEXT, Kept.text("se", tag));
  }

  /** The key of an attribute, empty when it can't be searched by. */
  static Optional<MatchKey> of(int tag) {
    return Optional.ofNullable(BY_TAG.get(tag));
  }

  Level level() {
    return level;
  }

  Reach reach() {
    return reach;
  }

  String column() {
    return column;
  }

  /** What a complaint calls it. */
  String keyword() {
    return ElementDictionary.keywordOf(tag).orElseThrow();
  }

  /** Whether it may be given several times, as one list of UIDs (PS3.18 8.3.4.1). */
  boolean takesList() {
    return matching == Matching.UID || matching == Matching.UIDS;
  }

  /** What a value asks for. */
  Match match(String value, MatchOptions options) {
    if (options.emptyValues() && value.strip().equals(MatchOptions.EMPTY)) {
      Reach reached = matching.emptyIndexable() ? reach : NARROWING;
      return new Match(keyword(), level, reached, matching.empty(column));
    }
    if (options.multipleValues() && matching.splits() && value.indexOf('\\') >= 0) {
      return Match.anyOf(
          Matching.values(keyword(), value).stream().map(one -> single(one, options)).toList());
    }
    return single(value, options);
  }

  private Match single(String value, MatchOptions options) {
    matching.bound(keyword(), value);
    Condition condition =
        matching == Matching.NAME && options.fuzzyNames()
            ? fuzzy(value)
            : matching.condition(column, keyword(), value);
    return new Match(keyword(), level, reached(value), condition);
  }

  private Reach reached(String value) {
    if (reach == NARROWING || !matching.indexable(value)) {
      return NARROWING;
    }
    boolean single = this == PATIENT_ID ? !Wildcards.in(value) : matching.single(value);
    return single ? Reach.SINGLE : reach;
  }

  private Condition fuzzy(String value) {
    return this == PATIENT_NAME
        ? FuzzyNames.ofPatient(value)
        : FuzzyNames.ofReferringPhysician(value);
  }
}
