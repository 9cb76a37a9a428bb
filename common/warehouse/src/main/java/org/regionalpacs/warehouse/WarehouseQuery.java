package org.regionalpacs.warehouse;

import java.util.List;

/**
 * A question.
 *
 * @param sql with {@code ?} for arguments; tables are named {@code {dicom_image_meta}}, in braces,
 *     as each warehouse puts its own schema before them
 * @param arguments strings, numbers, {@link java.time.LocalDate} and {@link java.time.Instant}
 * @param most rows at most
 */
public record WarehouseQuery(String sql, List<Object> arguments, int most) {
  public WarehouseQuery {
    arguments = List.copyOf(arguments);
  }
}
