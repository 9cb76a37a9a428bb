package org.regionalpacs.index;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A file that an archive may have without anybody knowing its id.
 *
 * @param id given by who saw it
 * @param found when the upload ended
 * @param store name of the blob store
 * @param server where, {@code host:port}; empty when not known
 * @param name the blob's wanted name
 * @param size bytes of the blob
 * @param sent bytes that were sent; less than {@code size} leaves at most a partial file
 * @param crc CRC32 of the blob, 0 to 2^32-1, when all of it was sent
 * @param answered the id that came back, where one came back and isn't the blob's
 * @param reason what went wrong
 */
public record PossibleOrphan(
    UUID id,
    Instant found,
    String store,
    String server,
    String name,
    long size,
    long sent,
    OptionalLong crc,
    Optional<String> answered,
    String reason) {}
