package org.regionalpacs.index;

import java.io.Serializable;
import java.util.UUID;

/** The primary key of a {@link Patient}. */
public record PatientIdentity(String tenant, UUID patientKey) implements Serializable {}
