package org.regionalpacs.messages;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a conversion ended. */
public enum ConversionOutcome {
  /** The object is there in the other transfer syntax. */
  @JsonProperty("done")
  DONE,

  /** Nothing was tried: the object has nothing to convert, or no codec takes it. */
  @JsonProperty("refused")
  REFUSED,

  /** It was tried, and it went wrong. */
  @JsonProperty("failed")
  FAILED,

  /** It was given up half way because nobody waited for it any longer. */
  @JsonProperty("cancelled")
  CANCELLED
}
