package org.regionalpacs.intake.evict;

import org.regionalpacs.index.NodeObject;
import org.regionalpacs.index.ReceptionKey;
import org.regionalpacs.messages.ImageFields;
import org.slf4j.spi.LoggingEventBuilder;

/** Lines of the log about one object. */
final class LogLine {
  private LogLine() {}

  /** With the fields that name it. */
  static LoggingEventBuilder of(LoggingEventBuilder event, NodeObject object) {
    ReceptionKey key = object.reception();
    return ImageFields.of(
        event, key.tenant(), key.study(), key.series(), key.sop(), key.receptionId());
  }
}
