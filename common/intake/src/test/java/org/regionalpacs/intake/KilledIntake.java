package org.regionalpacs.intake;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.nodes.DeleteFiles;
import org.springframework.util.unit.DataSize;

/** Another process that works on an online store until it is killed. */
public final class KilledIntake implements AutoCloseable {
  public static final int OBJECTS = 5;
  private static final String READY = "ready";

  private final Process process;

  /** What it has done, or is at, when it says that it is ready to be killed. */
  public enum Deed {
    /** Accepted {@link #OBJECTS} objects while Kafka is down. */
    FILL_OUTBOX,
    /** Named a file and waits for Kafka. */
    AWAIT_KAFKA,
    /** Waits for the second half of an object. */
    RECEIVE_HALF,
    /** Took the name of a deleted file away that had been stored again. */
    SET_ASIDE,
    /** And took its content in as a new object. */
    TAKE_IN_AGAIN,
    /** Stores one object over and over. */
    STORE_AGAIN_AND_AGAIN
  }

  private KilledIntake(Process process) {
    this.process = process;
  }

  public static KilledIntake start(Path root, String study, Deed deed) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                KilledIntake.class.getName(),
                root.toString(),
                study,
                deed.name())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean ready = process.inputReader().lines().anyMatch(READY::equals);
    if (!ready) {
      throw new IOException("the other process ended with " + process.exitValue());
    }
    return new KilledIntake(process);
  }

  /** As {@code kill -9} does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  /** The other process. */
  public static void main(String[] arguments) throws Exception {
    String study = arguments[1];
    Deed deed = Deed.valueOf(arguments[2]);
    boolean outbox = deed != Deed.AWAIT_KAFKA && deed != Deed.RECEIVE_HALF;
    Duration timeout = Duration.ofMillis(outbox ? 500 : 60_000);
    IntakeProperties properties =
        new IntakeProperties(
            Sync.FSYNC, timeout, outbox, DataSize.ofMegabytes(1), DataSize.ofGigabytes(1));
    TestIntake intake = TestIntake.start(Path.of(arguments[0]), TestIntake.NO_KAFKA, properties);
    switch (deed) {
      case FILL_OUTBOX -> {
        for (int i = 0; i < OBJECTS; i++) {
          intake.receive(TestObject.create(study));
        }
      }
      case AWAIT_KAFKA -> {
        inBackground(() -> intake.receive(TestObject.create(study)));
        await()
            .atMost(Duration.ofMinutes(2))
            .until(() -> intake.files().stream().anyMatch(name -> name.endsWith(Shelf.SUFFIX)));
      }
      case RECEIVE_HALF -> {
        TestObject object = TestObject.create(study);
        inBackground(() -> intake.intake().receive(object.reception(), endless(object)));
        await().until(() -> !intake.files().isEmpty());
      }
      case SET_ASIDE, TAKE_IN_AGAIN -> {
        TestObject object = TestObject.create(study).with(Tag.SOPInstanceUID, study + ".1.1");
        Received first = intake.receive(object);
        Instant deleted = Instant.now();
        intake.receive(object);
        DeletedFile file =
            new DeletedFile(
                OnlineStore.open(Path.of(arguments[0])),
                new DeleteFiles.File(
                    first.message().filePath(), first.message().receptionId(), deleted));
        file.setAside();
        if (deed == Deed.TAKE_IN_AGAIN) {
          file.takeInIfStoredAgain(intake.intake());
        }
      }
      case STORE_AGAIN_AND_AGAIN -> {
        TestObject object = TestObject.create(study).with(Tag.SOPInstanceUID, study + ".1.1");
        intake.receive(object);
        inBackground(() -> {
          while (true) {
            intake.receive(object);
          }
        });
      }
    }
    System.out.println(READY);
    Thread.sleep(Duration.ofMinutes(5));
  }

  private static void inBackground(Callable<?> action) {
    Thread.ofPlatform().start(new FutureTask<>(action));
  }

  private static InputStream endless(TestObject object) {
    byte[] half = Arrays.copyOf(object.bytes(), object.bytes().length / 2);
    InputStream stuck =
        new InputStream() {
          @Override
          public int read() throws IOException {
            try {
              Thread.sleep(Duration.ofMinutes(5));
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            return -1;
          }
        };
    return new SequenceInputStream(new ByteArrayInputStream(half), stuck);
  }
}
