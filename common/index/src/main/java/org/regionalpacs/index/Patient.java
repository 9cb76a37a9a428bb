package org.regionalpacs.index;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;

/** A patient of one tenant. Read only: {@link IndexWriter} writes. */
@Entity
@Immutable
@Table(name = "patient")
@IdClass(PatientIdentity.class)
public class Patient {
  @Id private String tenant;

  @Id
  @Column(name = "patient_key")
  private UUID patientKey;

  @Column(name = "patient_id")
  private String patientId;

  private String issuer;

  private String name;

  @Column(name = "birth_date")
  private String birthDate;

  private String sex;

  @ColumnTransformer(read = "cast(attributes as text)")
  private String attributes;

  protected Patient() {}

  /** The hospital. */
  public String tenant() {
    return tenant;
  }

  /** Derived from issuer and Patient ID, see {@link PatientKey}. */
  public UUID patientKey() {
    return patientKey;
  }

  /** Patient ID, empty when unknown. */
  public String patientId() {
    return patientId;
  }

  /** Issuer of Patient ID, empty when unknown. */
  public String issuer() {
    return issuer;
  }

  /** As received: alphabetic=ideographic=phonetic. */
  public String name() {
    return name;
  }

  /** YYYYMMDD, or empty. */
  public String birthDate() {
    return birthDate;
  }

  /** Patient's Sex, or empty. */
  public String sex() {
    return sex;
  }

  /** DICOM JSON of the patient-level attributes that have a value. */
  public String attributes() {
    return attributes;
  }
}
