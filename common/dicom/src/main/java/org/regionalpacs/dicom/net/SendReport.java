package org.regionalpacs.dicom.net;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Gathers outcomes and tells the listener. */
final class SendReport {
  private final List<SendOutcome> outcomes = new ArrayList<>();
  private final int total;
  private final SendListener listener;
  private String lastProblem = "not sent";

  SendReport(int total, SendListener listener) {
    this.total = total;
    this.listener = listener;
  }

  synchronized void add(SendOutcome outcome) {
    outcomes.add(outcome);
    listener.done(outcome, outcomes.size(), total);
  }

  synchronized void sending(Path file, long sent, long length) {
    listener.sending(file, sent, length);
  }

  void notSent(Path file, String text) {
    add(new SendOutcome.NotSent(file, text));
  }

  synchronized void problem(String text) {
    lastProblem = text;
  }

  synchronized String lastProblem() {
    return lastProblem;
  }

  synchronized List<SendOutcome> outcomes() {
    return List.copyOf(outcomes);
  }
}
