package org.regionalpacs.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Reads what {@link InstanceObjects} finds: rows of one instance follow each other, one a place.
 */
final class InstanceRows {
  private final ResultSet row;
  private boolean more;

  private InstanceRows(ResultSet rows) throws SQLException {
    row = rows;
    more = rows.next();
  }

  static List<InstanceObject> read(ResultSet rows) throws SQLException {
    InstanceRows reading = new InstanceRows(rows);
    List<InstanceObject> found = new ArrayList<>();
    while (reading.more) {
      found.add(reading.object());
    }
    return found;
  }

  private InstanceObject object() throws SQLException {
    UUID reception = receptionId();
    String tenant = row.getString("tenant");
    String study = row.getString("study_uid");
    String series = row.getString("series_uid");
    String sop = row.getString("sop_uid");
    String sopClass = row.getString("sop_class");
    String transferSyntax = row.getString("transfer_syntax");
    long size = row.getLong("size");
    int dataSetOffset = row.getInt("data_set_offset");
    OptionalInt number = integer("instance_number");
    OptionalInt frames = integer("number_of_frames");
    List<ObjectLocation> locations = List.of();
    List<Rendition> renditions = new ArrayList<>();
    do {
      Optional<UUID> id = renditionId();
      if (id.isEmpty()) {
        locations = locations(reception, id);
      } else {
        renditions.add(rendition(reception, id));
      }
    } while (more && reception.equals(receptionId()));
    return new InstanceObject(
        tenant,
        study,
        series,
        sop,
        reception,
        sopClass,
        transferSyntax,
        size,
        dataSetOffset,
        number,
        frames,
        locations,
        renditions);
  }

  private Rendition rendition(UUID reception, Optional<UUID> id) throws SQLException {
    RenditionKind kind = RenditionKind.of(row.getString("kind"));
    String terms = row.getString("terms");
    String sop = row.getString("made_uid");
    String transferSyntax = row.getString("made_syntax");
    String digest = row.getString("made_digest");
    long size = row.getLong("made_size");
    int dataSetOffset = row.getInt("made_offset");
    return new Rendition(
        id.orElseThrow(),
        kind,
        terms,
        sop,
        transferSyntax,
        digest,
        size,
        dataSetOffset,
        locations(reception, id));
  }

  /** The places of the object, or of that rendition of it; goes on to what follows. */
  private List<ObjectLocation> locations(UUID reception, Optional<UUID> id) throws SQLException {
    List<ObjectLocation> locations = new ArrayList<>();
    do {
      location().ifPresent(locations::add);
      more = row.next();
    } while (more && reception.equals(receptionId()) && id.equals(renditionId()));
    return locations;
  }

  private UUID receptionId() throws SQLException {
    return row.getObject("reception_id", UUID.class);
  }

  private Optional<UUID> renditionId() throws SQLException {
    return Optional.ofNullable(row.getObject("rendition_id", UUID.class));
  }

  private OptionalInt integer(String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private Optional<ObjectLocation> location() throws SQLException {
    String store = row.getString("store");
    if (store == null) {
      return Optional.empty();
    }
    return Optional.of(
        new ObjectLocation(
            store,
            row.getString("node"),
            row.getString("blob_id"),
            row.getLong("blob_offset"),
            row.getLong("blob_length")));
  }
}
