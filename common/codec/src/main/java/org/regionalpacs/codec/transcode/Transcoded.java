package org.regionalpacs.codec.transcode;

import java.util.List;

/**
 * What was written.
 *
 * @param sopInstanceUid another than before when samples have changed
 * @param frames number of frames; 0 of an object without pixel data
 * @param lossy whether samples have changed now; loss of earlier days isn't meant
 * @param remarks what was left out or corrected, and why, for a record of the conversion; they name
 *     no patient
 */
public record Transcoded(String sopInstanceUid, int frames, boolean lossy, List<String> remarks) {
  public Transcoded {
    remarks = List.copyOf(remarks);
  }
}
