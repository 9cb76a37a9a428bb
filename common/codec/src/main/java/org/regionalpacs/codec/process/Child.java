package org.regionalpacs.codec.process;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.regionalpacs.codec.Availability;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.codec.FailedFrameException;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.UnsupportedImageException;

/** The parent's end of a child process. Used by one thread at a time, but killed by any. */
final class Child {
  private static final int BUFFER = 1 << 16;

  private final Process process;
  private final DataOutputStream to;
  private final DataInputStream from;
  private final long started = System.nanoTime();
  private volatile Optional<String> killed = Optional.empty();
  private volatile boolean complete;
  private volatile long idleSince;

  private Child(Process process) {
    this.process = process;
    this.to = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), BUFFER));
    this.from = new DataInputStream(process.getInputStream());
  }

  /** Starts one, which greets as soon as it can work. */
  static Child start(CodecProperties settings) throws IOException {
    return new Child(ChildCommand.start(settings));
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive() && killed.isEmpty();
  }

  /** Whether it can be given work; one that misses a library only for a while. */
  boolean usable() {
    long age = System.nanoTime() - started;
    return alive() && (complete || age < KnownLibraries.MISSING.toNanos());
  }

  void rest() {
    idleSince = System.nanoTime();
  }

  boolean restedFor(long nanos) {
    return System.nanoTime() - idleSince >= nanos;
  }

  /**
   * Waits until it has started.
   *
   * @return what it has of each library
   * @throws IOException when it ends instead
   */
  List<Availability> greeting() throws IOException {
    Wire.require(from.readInt() == Wire.HELLO, "greeting; was the program replaced?");
    List<Availability> libraries = Wire.readLibraries(from);
    complete = KnownLibraries.complete(libraries);
    return libraries;
  }

  /**
   * Has it do something.
   *
   * @throws CodecException what the codec says of the frame
   * @throws IOException when it ended instead of answering; it is of no use any more
   */
  Task.Coded code(Task task) throws IOException {
    task.write(to);
    to.flush();
    Wire.require(from.readInt() == Wire.ANSWER, "answer");
    int kind = from.readUnsignedByte();
    Wire.require(kind < CodecProcess.Kind.values().length, "kind of answer");
    return switch (CodecProcess.Kind.values()[kind]) {
      case DONE -> coded(task);
      case CORRUPT -> throw new CorruptFrameException(from.readUTF());
      case UNSUPPORTED -> throw new UnsupportedImageException(from.readUTF());
    };
  }

  private Task.Coded coded(Task task) throws IOException {
    ImageDescription image = Wire.readImage(from);
    Wire.require(task.allows(image), "result");
    byte[] bytes = Wire.readBytes(from, task.longest(image));
    Wire.require(bytes.length >= task.shortest(image), "length of a result");
    return new Task.Coded(image, bytes);
  }

  /** Ends it at once, whatever it does. */
  void kill(String reason) {
    if (killed.isEmpty()) {
      killed = Optional.of(reason);
    }
    process.destroyForcibly();
  }

  /** Kills what is left of it, and says how it ended. */
  FailedFrameException failure(IOException symptom) {
    return new FailedFrameException("a codec process " + ending(symptom));
  }

  /** How it ended; it is killed when it hasn't. */
  String ending(IOException symptom) {
    boolean ended = false;
    try {
      ended = killed.isEmpty() && process.waitFor(Ending.WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String how =
        killed.orElseGet(() -> "wasn't understood and was killed: " + symptom.getMessage());
    if (ended) {
      how = Ending.of(process);
    }
    kill(how);
    return how;
  }
}
