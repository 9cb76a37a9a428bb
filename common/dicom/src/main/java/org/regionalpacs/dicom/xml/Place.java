package org.regionalpacs.dicom.xml;

import java.util.Optional;
import javax.xml.stream.Location;

/** Where the parser stands; it doesn't know before it has begun. */
record Place(Optional<Location> known) implements Location {
  Place(Location orNull) {
    this(Optional.ofNullable(orNull));
  }

  @Override
  public int getLineNumber() {
    return known.map(Location::getLineNumber).orElse(1);
  }

  @Override
  public int getColumnNumber() {
    return known.map(Location::getColumnNumber).orElse(1);
  }

  @Override
  public int getCharacterOffset() {
    return known.map(Location::getCharacterOffset).orElse(0);
  }

  @Override
  public String getPublicId() {
    return "";
  }

  @Override
  public String getSystemId() {
    return "";
  }
}
