package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Sends many files by C-STORE over several associations at once, each in the encoding it has. A
 * file whose association breaks gets one more try on another association.
 *
 * <p>For one {@link #send}; any thread may {@link #cancel} it.
 */
public final class SendFiles {
  /** Most presentation contexts of an association (PS3.8 9.3.2.2). */
  private static final int MAX_CONTEXTS = 128;

  private static final int MAX_ATTEMPTS = 2;

  /** Waits before another try when a server is full. */
  private static final List<Duration> PATIENCE =
      List.of(Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(3));

  private final RemoteAe remote;
  private final String callingAe;
  private final int parallel;
  private final ScuOptions options;
  private final StoreScuPool pool;
  private final Set<StoreScu> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch cancelled = new CountDownLatch(1);

  /**
   * @param remote whom to send to
   * @param callingAe the AE title of this side
   * @param parallel associations at a time, at least 1
   * @param options how each of them behaves
   */
  public SendFiles(RemoteAe remote, String callingAe, int parallel, ScuOptions options) {
    this(remote, callingAe, parallel, options, new StoreScuPool(0, Duration.ZERO));
  }

  /**
   * @param remote whom to send to
   * @param callingAe the AE title of this side
   * @param parallel associations at a time, at least 1
   * @param options how each of them behaves
   * @param pool where associations come from, and where they go to afterwards
   */
  public SendFiles(
      RemoteAe remote, String callingAe, int parallel, ScuOptions options, StoreScuPool pool) {
    if (parallel < 1) {
      throw new IllegalArgumentException(parallel + " associations");
    }
    this.remote = remote;
    this.callingAe = AeTitle.require(callingAe);
    this.parallel = parallel;
    this.options = options;
    this.pool = pool;
  }

  /**
   * The files under the given files and folders, in a stable order; hidden ones are left out.
   *
   * @throws IOException when one can't be found or listed
   */
  public static List<Path> find(Collection<Path> filesAndFolders) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path start : filesAndFolders) {
      try (Stream<Path> walk = Files.walk(start)) {
        walk.filter(Files::isRegularFile)
            .filter(file -> file.equals(start) || !file.getFileName().toString().startsWith("."))
            .sorted()
            .forEach(found::add);
      }
    }
    return found;
  }

  /**
   * Sends the files and waits until all are done.
   *
   * @param listener is told of each
   * @return what became of each, in the order in which they were done
   * @throws InterruptedException when this thread is interrupted; sending has ended then
   */
  public List<SendOutcome> send(Collection<Path> files, SendListener listener)
      throws InterruptedException {
    SendReport report = new SendReport(files.size(), listener);
    try {
      for (Group group : groups(files, report)) {
        send(group, report);
      }
    } catch (InterruptedException e) {
      cancel();
      throw e;
    }
    return report.outcomes();
  }

  /** Ends sending: associations are aborted, files that wait are reported as not sent. */
  public void cancel() {
    cancelled.countDown();
    open.forEach(StoreScu::abort);
  }

  private boolean isCancelled() {
    return cancelled.getCount() == 0;
  }

  /** Files that fit into one association's presentation contexts. */
  private record Group(Set<ProposedContext> contexts, ConcurrentLinkedQueue<Attempt> waiting) {
    static Group empty() {
      return new Group(ConcurrentHashMap.newKeySet(), new ConcurrentLinkedQueue<>());
    }
  }

  private record Attempt(FileToSend file, int number) {}

  private Collection<Group> groups(Collection<Path> files, SendReport report) {
    Map<Integer, Group> groups = new LinkedHashMap<>();
    Map<ProposedContext, Integer> contexts = new LinkedHashMap<>();
    for (Path path : files) {
      if (isCancelled()) {
        report.notSent(path, "cancelled");
        continue;
      }
      try {
        FileToSend file = FileToSend.scan(path);
        ProposedContext context = ProposedContext.of(file.sopClass(), file.transferSyntax());
        int number = contexts.computeIfAbsent(context, _ -> contexts.size());
        Group group = groups.computeIfAbsent(number / MAX_CONTEXTS, _ -> Group.empty());
        group.contexts.add(context);
        group.waiting.add(new Attempt(file, 1));
      } catch (IOException e) {
        report.notSent(path, text(e));
      }
    }
    return groups.values();
  }

  private void send(Group group, SendReport report) throws InterruptedException {
    List<Thread> senders = new ArrayList<>();
    try {
      for (int i = 0; i < Math.min(parallel, group.waiting.size()); i++) {
        senders.add(
            Thread.ofVirtual().name("dicom-send-" + i).start(() -> sendSome(group, report)));
      }
      for (Thread sender : senders) {
        sender.join();
      }
    } catch (InterruptedException e) {
      cancel();
      for (Thread sender : senders) {
        sender.join();
      }
      throw e;
    } finally {
      String problem = isCancelled() ? "cancelled" : report.lastProblem();
      group.waiting.forEach(left -> report.notSent(left.file.path(), problem));
    }
  }

  /** Sends from the group's queue over one association after the other until nothing is left. */
  private void sendSome(Group group, SendReport report) {
    while (!group.waiting.isEmpty() && !isCancelled()) {
      try (StoreScuPool.Lease lease = openPatiently(group)) {
        open.add(lease.scu());
        try {
          sendOver(lease.scu(), group, report);
        } finally {
          open.remove(lease.scu());
        }
      } catch (IOException e) {
        report.problem(text(e));
        return;
      }
    }
  }

  private StoreScuPool.Lease openPatiently(Group group) throws IOException {
    for (Duration wait : PATIENCE) {
      try {
        return pool.borrow(remote, callingAe, group.contexts, options);
      } catch (AssociationRejectedException e) {
        if (!e.isTransient() || cancelledWithin(wait)) {
          throw e;
        }
      }
    }
    return pool.borrow(remote, callingAe, group.contexts, options);
  }

  private boolean cancelledWithin(Duration wait) {
    try {
      return cancelled.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void sendOver(StoreScu scu, Group group, SendReport report) {
    try {
      while (!scu.ended() && !isCancelled()) {
        scu.awaitPlace();
        Attempt attempt = group.waiting.poll();
        if (attempt == null) {
          break;
        }
        send(attempt, scu, group, report);
      }
      scu.awaitResponses();
    } catch (IOException e) {
      // Each file under way has been told so by its own response.
    }
  }

  private void send(Attempt attempt, StoreScu scu, Group group, SendReport report) {
    FileToSend file = attempt.file;
    try (var dataSet =
        new ProgressStream(file.open(), sent -> report.sending(file.path(), sent, file.length()))) {
      scu.storeAhead(file.sopClass(), file.sopInstance(), file.transferSyntax(), dataSet)
          .whenComplete((response, failure) -> {
            if (failure == null) {
              report.add(new SendOutcome.Answered(file.path(), file.length(), response));
            } else {
              failed(attempt, cause(failure), group, report);
            }
          });
    } catch (IOException e) {
      failed(attempt, e, group, report);
    }
  }

  private static IOException cause(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof IOException io ? io : new IOException(cause);
  }

  /** Tries again what the end of an association prevented; other problems would come again. */
  private void failed(Attempt attempt, IOException failure, Group group, SendReport report) {
    if (failure instanceof AssociationException
        && attempt.number < MAX_ATTEMPTS
        && !isCancelled()) {
      group.waiting.add(new Attempt(attempt.file, attempt.number + 1));
    } else {
      report.notSent(attempt.file.path(), text(failure));
    }
  }

  private static String text(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
