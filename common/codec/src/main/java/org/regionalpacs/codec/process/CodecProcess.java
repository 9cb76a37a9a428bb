package org.regionalpacs.codec.process;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.SynchronousQueue;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.codec.ForeignCodecs;
import org.regionalpacs.codec.UnsupportedImageException;

/**
 * The child: codes one frame after another that it is given on its standard input, and answers on
 * its standard output. It ends with its standard input, whatever a library is doing just then: that
 * ends when its parent does.
 */
public final class CodecProcess {
  /** Exit status when the heap or the address space is used up; that of the JVM's own option. */
  static final int OUT_OF_MEMORY = 3;

  private static final int BUFFER = 1 << 16;

  private CodecProcess() {}

  /** Kinds of answers. */
  enum Kind {
    DONE,
    CORRUPT,
    UNSUPPORTED
  }

  /**
   * Runs until there is no more input.
   *
   * @param arguments the file to which answers are written
   */
  public static void main(String[] arguments) throws IOException {
    DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(arguments[0]), BUFFER));
    SynchronousQueue<Task> tasks = new SynchronousQueue<>();
    Thread.ofPlatform().name("codec").start(() -> serve(tasks, out));
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(new FileInputStream(FileDescriptor.in), BUFFER))) {
      while (true) {
        tasks.put(Task.read(in));
      }
    } catch (OutOfMemoryError e) {
      Runtime.getRuntime().halt(OUT_OF_MEMORY);
    } catch (IOException | InterruptedException e) {
      // The parent has ended, or wants this one to end.
    } finally {
      Runtime.getRuntime().halt(0);
    }
  }

  private static void serve(SynchronousQueue<Task> tasks, DataOutputStream out) {
    int status = 1;
    try {
      out.writeInt(Wire.HELLO);
      Wire.write(out, ForeignCodecs.availability());
      out.flush();
      while (true) {
        answer(tasks.take(), out);
        out.flush();
      }
    } catch (OutOfMemoryError e) {
      status = OUT_OF_MEMORY;
    } catch (IOException | InterruptedException e) {
      status = 0;
    } finally {
      Runtime.getRuntime().halt(status);
    }
  }

  private static void answer(Task task, DataOutputStream out) throws IOException {
    try {
      Task.Coded coded = task.run();
      begin(Kind.DONE, out);
      Wire.write(out, coded.image());
      Wire.write(out, coded.bytes());
    } catch (CorruptFrameException e) {
      begin(Kind.CORRUPT, out);
      Wire.writeText(out, e.getMessage());
    } catch (UnsupportedImageException e) {
      begin(Kind.UNSUPPORTED, out);
      Wire.writeText(out, e.getMessage());
    } catch (CodecException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void begin(Kind kind, DataOutputStream out) throws IOException {
    out.writeInt(Wire.ANSWER);
    out.writeByte(kind.ordinal());
  }
}
