package org.regionalpacs.storage.fastdfs;

import java.io.IOException;
import java.util.List;

/** The trackers, all equal: the one that answered last is asked first. */
final class Trackers {
  private final List<HostPort> all;
  private volatile int preferred;

  Trackers(List<HostPort> all) {
    this.all = List.copyOf(all);
  }

  /** A question to one tracker. */
  interface Question<T> {
    T ask(HostPort tracker) throws IOException;
  }

  List<HostPort> all() {
    return all;
  }

  /**
   * Asks until one answers.
   *
   * @throws StatusException when it answers with a status
   * @throws IOException of the last one when none answers
   */
  <T> T ask(Question<T> question) throws IOException {
    int first = preferred;
    IOException failure = new IOException("no trackers");
    for (int i = 0; i < all.size(); i++) {
      int index = (first + i) % all.size();
      try {
        T answer = question.ask(all.get(index));
        preferred = index;
        return answer;
      } catch (StatusException e) {
        // It may have just started and not know any storage yet, so the next one begins there.
        preferred = (index + 1) % all.size();
        throw e;
      } catch (IOException e) {
        failure = e;
      }
    }
    throw failure;
  }
}
