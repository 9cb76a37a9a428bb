package org.regionalpacs.storage;

import java.io.IOException;

/** All places of an object answered, and none has it. Over HTTP: 404 for bytes, with an alarm. */
public final class ObjectMissingException extends IOException {
  private static final long serialVersionUID = 1L;

  ObjectMissingException(String message) {
    super(message);
  }
}
