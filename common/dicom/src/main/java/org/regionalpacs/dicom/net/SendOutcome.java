package org.regionalpacs.dicom.net;

import java.nio.file.Path;

/** What became of one file. */
public sealed interface SendOutcome {
  /** The file. */
  Path file();

  /** Whether the server has stored it. */
  boolean stored();

  /** The answer or the problem, for people. */
  String text();

  /**
   * The server answered.
   *
   * @param file the file
   * @param bytes length of its data set
   * @param response the answer
   */
  record Answered(Path file, long bytes, StoreResponse response) implements SendOutcome {
    @Override
    public boolean stored() {
      return response.stored();
    }

    @Override
    public String text() {
      return response.toString();
    }
  }

  /**
   * It couldn't be sent, or there was no answer.
   *
   * @param file the file
   * @param text why
   */
  record NotSent(Path file, String text) implements SendOutcome {
    @Override
    public boolean stored() {
      return false;
    }
  }
}
