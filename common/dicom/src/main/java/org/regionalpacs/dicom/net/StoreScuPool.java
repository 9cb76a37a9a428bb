package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Keeps associations that aren't needed at the moment, for those who send to the same server soon
 * again: so many at most, and each so long at most, for a server's places are few. Thread-safe.
 */
public final class StoreScuPool implements AutoCloseable {
  private final int maxIdle;
  private final Executor expiry;
  private final Deque<Lease> idle = new ArrayDeque<>();
  private boolean closed;

  /**
   * @param maxIdle associations kept, in all; 0 keeps none
   * @param maxIdleTime how long one is kept without being used, before it is released
   */
  public StoreScuPool(int maxIdle, Duration maxIdleTime) {
    this.maxIdle = maxIdle;
    this.expiry =
        CompletableFuture.delayedExecutor(
            maxIdleTime.toNanos(), TimeUnit.NANOSECONDS, Thread::startVirtualThread);
  }

  /** Of what an association was made; serves who wants the same, or fewer contexts. */
  private record Key(
      RemoteAe remote, String callingAe, Set<ProposedContext> contexts, ScuOptions options) {
    boolean serves(Key wanted) {
      return remote.equals(wanted.remote)
          && callingAe.equals(wanted.callingAe)
          && options.equals(wanted.options)
          && contexts.containsAll(wanted.contexts);
    }
  }

  /** An association for a while; to be closed when it isn't needed any more. */
  public final class Lease implements AutoCloseable {
    private final Key key;
    private final StoreScu scu;

    private Lease(Key key, StoreScu scu) {
      this.key = key;
      this.scu = scu;
    }

    /** The association. Not to be used after this lease was closed. */
    public StoreScu scu() {
      return scu;
    }

    /** Keeps the association for others if it may be kept, and releases it otherwise. */
    @Override
    public void close() {
      if (!scu.reusable() || !keep(key, scu)) {
        scu.close();
      }
    }
  }

  /**
   * An association: one that is idle, if it still stands, or a new one.
   *
   * @throws AssociationException as {@link StoreScu#open}
   */
  public Lease borrow(
      RemoteAe remote, String callingAe, Collection<ProposedContext> contexts, ScuOptions options)
      throws IOException {
    Key key = new Key(remote, callingAe, Set.copyOf(contexts), options);
    for (Optional<Lease> kept = take(key); kept.isPresent(); kept = take(key)) {
      if (kept.get().scu.reusable()) {
        return kept.get();
      }
      // The server aborted, asked for release, or is gone.
      kept.get().scu.abort();
    }
    return new Lease(key, StoreScu.open(remote, callingAe, contexts, options));
  }

  private synchronized Optional<Lease> take(Key wanted) {
    for (Iterator<Lease> kept = idle.iterator(); kept.hasNext(); ) {
      Lease lease = kept.next();
      if (lease.key.serves(wanted)) {
        kept.remove();
        return Optional.of(new Lease(lease.key, lease.scu));
      }
    }
    return Optional.empty();
  }

  private synchronized boolean keep(Key key, StoreScu scu) {
    if (closed || idle.size() >= maxIdle) {
      return false;
    }
    Lease lease = new Lease(key, scu);
    idle.addFirst(lease);
    expiry.execute(() -> expire(lease));
    return true;
  }

  private void expire(Lease lease) {
    boolean stillIdle;
    synchronized (this) {
      stillIdle = idle.remove(lease);
    }
    if (stillIdle) {
      lease.scu.close();
    }
  }

  /** Associations kept now. */
  public synchronized int idle() {
    return idle.size();
  }

  /** Releases what is idle; what is lent is released when it is given back. */
  @Override
  public void close() {
    List<Lease> kept;
    synchronized (this) {
      closed = true;
      kept = new ArrayList<>(idle);
      idle.clear();
    }
    kept.forEach(lease -> lease.scu.close());
  }
}
