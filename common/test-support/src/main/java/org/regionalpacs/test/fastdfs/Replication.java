package org.regionalpacs.test.fastdfs;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Carries uploads and deletes to the other storages of a group: at once, or when resumed. What a
 * killed storage hasn't passed on yet is forgotten, as the real one forgets the last second.
 */
final class Replication {
  private final List<FakeStorage> members = new CopyOnWriteArrayList<>();
  private final Deque<Change> waiting = new ArrayDeque<>();
  private boolean paused;

  private record Change(FakeStorage source, FileName name, boolean deleted) {}

  void join(FakeStorage member) {
    members.add(member);
  }

  synchronized void pause() {
    paused = true;
  }

  synchronized void resume() throws IOException {
    paused = false;
    while (!waiting.isEmpty()) {
      pass(waiting.pop());
    }
  }

  synchronized void forget(FakeStorage source) {
    waiting.removeIf(change -> change.source() == source);
  }

  synchronized void uploaded(FakeStorage source, FileName name) throws IOException {
    change(new Change(source, name, false));
  }

  synchronized void deleted(FakeStorage source, FileName name) throws IOException {
    change(new Change(source, name, true));
  }

  private void change(Change change) throws IOException {
    if (paused) {
      waiting.add(change);
    } else {
      pass(change);
    }
  }

  private void pass(Change change) throws IOException {
    for (FakeStorage member : members) {
      if (member == change.source()) {
        continue;
      }
      if (change.deleted()) {
        member.folder().delete(change.name());
      } else {
        member.folder().copyFrom(change.source().folder(), change.name());
      }
    }
  }
}
