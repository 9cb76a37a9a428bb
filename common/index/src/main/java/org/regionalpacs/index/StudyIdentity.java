package org.regionalpacs.index;

import java.io.Serializable;

/** The primary key of a {@link Study}. */
public record StudyIdentity(String tenant, String studyUid) implements Serializable {}
