package org.regionalpacs.index;

import java.io.Serializable;
import java.util.UUID;

/** The primary key of a {@link Location}. */
public record LocationIdentity(String tenant, UUID receptionId, String store)
    implements Serializable {}
