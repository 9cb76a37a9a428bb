package org.regionalpacs.wado.changes;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.regionalpacs.index.Change;

/**
 * A page of the feed as it is sent.
 *
 * @param changes in their order; none when nothing has changed
 * @param next what to pass as {@code since} the next time
 */
record ChangePage(@JsonProperty("changes") List<Change> changes, @JsonProperty("next") long next) {}
