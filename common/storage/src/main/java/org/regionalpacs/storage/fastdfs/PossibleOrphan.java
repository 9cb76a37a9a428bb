package org.regionalpacs.storage.fastdfs;

import java.time.Instant;
import java.util.Optional;

/**
 * A file that may be on a storage without anybody knowing its id.
 *
 * @param at when the upload ended
 * @param name the blob's wanted name
 * @param size bytes of the blob
 * @param sent bytes that were sent; less than {@code size} leaves at most a partial file
 * @param storage where, {@code host:port}
 * @param answered the id that came back, where one came back and isn't the blob's
 * @param reason what went wrong
 */
public record PossibleOrphan(
    Instant at,
    String name,
    long size,
    long sent,
    String storage,
    Optional<String> answered,
    String reason) {}
