package org.regionalpacs.index;

import java.io.Serializable;

/** The primary key of a {@link Instance}. */
public record InstanceIdentity(String tenant, String studyUid, String seriesUid, String sopUid)
    implements Serializable {}
