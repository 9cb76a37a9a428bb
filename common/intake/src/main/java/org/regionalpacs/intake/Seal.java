package org.regionalpacs.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * What the intake writes into a file's Private Information (0002,0102), so that the file tells by
 * itself when and for whom it was received, and whether it is still whole. Big endian: magic number
 * (4 bytes), reception id (16), SHA-256 of the data set (32), length of the data set (8), time of
 * reception in milliseconds of the Unix epoch (8), source (1), length of the tenant (1), tenant in
 * ASCII; zeros up to the end.
 *
 * @param receptionId the object's reception id
 * @param digest SHA-256 of the data set, lower-case hex
 * @param dataSetLength bytes of the data set
 * @param received when its last byte arrived; milliseconds
 * @param source the door it came through
 * @param tenant the hospital
 */
record Seal(
    UUID receptionId,
    String digest,
    long dataSetLength,
    Instant received,
    Source source,
    String tenant) {

  /** "RPI" and the version of this layout. */
  private static final int MAGIC = 0x52504901;

  private static final int DIGEST_BYTES = 32;
  private static final int FIXED_BYTES = 4 + 16 + DIGEST_BYTES + 8 + 8 + 1 + 1;

  /** The layout above; its length is even, as PS3.5 7.1.1 asks. */
  byte[] encode() {
    byte[] name = tenant.getBytes(StandardCharsets.US_ASCII);
    int length = FIXED_BYTES + name.length;
    return ByteBuffer.allocate(length + length % 2)
        .putInt(MAGIC)
        .putLong(receptionId.getMostSignificantBits())
        .putLong(receptionId.getLeastSignificantBits())
        .put(HexFormat.of().parseHex(digest))
        .putLong(dataSetLength)
        .putLong(received.toEpochMilli())
        .put((byte) source.ordinal())
        .put((byte) name.length)
        .put(name)
        .array();
  }

  /** Reads a seal back; empty when the bytes are none. */
  static Optional<Seal> decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length < FIXED_BYTES || in.getInt() != MAGIC) {
      return Optional.empty();
    }
    UUID id = new UUID(in.getLong(), in.getLong());
    byte[] digest = new byte[DIGEST_BYTES];
    in.get(digest);
    long length = in.getLong();
    Instant received = Instant.ofEpochMilli(in.getLong());
    int source = in.get();
    int nameLength = in.get();
    if (source < 0 || source >= Source.values().length) {
      return Optional.empty();
    }
    if (nameLength < 0 || nameLength > in.remaining()) {
      return Optional.empty();
    }
    byte[] name = Arrays.copyOfRange(bytes, in.position(), in.position() + nameLength);
    return Optional.of(
        new Seal(
            id,
            HexFormat.of().formatHex(digest),
            length,
            received,
            Source.values()[source],
            new String(name, StandardCharsets.US_ASCII)));
  }
}
