package org.regionalpacs.dicom.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLSocket;

/**
 * The TCP connection below an association. Every read counts against a budget of waiting time that
 * its caller sets, every write is limited; both fail with {@link AssociationTimeoutException}.
 *
 * <p>One thread reads. Any thread may write whole PDUs or close.
 */
final class Transport implements Closeable {
  /** Holds the heads of PDUs and values; longer reads go straight to the caller's array. */
  private static final int BUFFER_SIZE = 8 * 1024;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Socket socket;
  private InputStream in;
  private OutputStream out;
  private Socket application;
  private final Duration writeLimit;
  private final Watchdog watchdog;
  private final ReentrantLock writing = new ReentrantLock();
  private final byte[] buffer = new byte[BUFFER_SIZE];
  private int position;
  private int end;
  private Duration limit = Duration.ZERO;
  private long budgetNanos;
  private long waitedNanos;
  private String awaited = "";

  Transport(Socket socket, Duration writeLimit) throws IOException {
    this.socket = socket;
    this.application = socket;
    this.writeLimit = writeLimit;
    // With Nagle's algorithm on, the small last segment of a response waits for the peer's delayed
    // acknowledgement: 40 ms an instance.
    socket.setTcpNoDelay(true);
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
    this.watchdog = Watchdog.over(socket);
  }

  Socket socket() {
    return socket;
  }

  /**
   * Makes the TLS handshake; what is read and written from here on goes through TLS.
   *
   * @param layered TLS over {@link #socket}
   * @param time how long the handshake may take in all
   * @throws TlsHandshakeException when it fails
   */
  TlsPeer secure(SSLSocket layered, Duration time) throws AssociationException {
    watchdog.arm(time);
    try {
      layered.startHandshake();
      in = layered.getInputStream();
      out = layered.getOutputStream();
      application = layered;
      return TlsPeer.of(layered.getSession());
    } catch (IOException e) {
      if (watchdog.fired()) {
        throw new AssociationTimeoutException("the TLS handshake", time);
      }
      throw new TlsHandshakeException(e);
    } finally {
      watchdog.disarm();
    }
  }

  /**
   * Grants the coming reads so much waiting time in all. Time the caller spends between reads isn't
   * the peer's, and doesn't count.
   *
   * @param what what is awaited, for the message of the timeout
   */
  void await(Duration time, String what) {
    limit = time;
    budgetNanos = time.toNanos();
    awaited = what;
  }

  /** How long reads have waited for the peer in all. */
  long waitedNanos() {
    return waitedNanos;
  }

  /** Whether nothing has come: no byte, and no end either. What came is lost. */
  boolean quiet() {
    if (position != end) {
      return false;
    }
    try {
      application.setSoTimeout(1);
      in.read(buffer, 0, BUFFER_SIZE);
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** One byte, or -1 at the end of the stream. */
  int read() throws IOException {
    if (position == end && !fill()) {
      return -1;
    }
    return buffer[position++] & 0xFF;
  }

  /** As {@link InputStream#read(byte[], int, int)}; long reads bypass the buffer. */
  int read(byte[] target, int offset, int length) throws IOException {
    if (position == end) {
      if (length >= BUFFER_SIZE) {
        return receive(target, offset, length);
      }
      if (!fill()) {
        return -1;
      }
    }
    int count = Math.min(length, end - position);
    System.arraycopy(buffer, position, target, offset, count);
    position += count;
    return count;
  }

  private boolean fill() throws IOException {
    position = 0;
    end = Math.max(0, receive(buffer, 0, BUFFER_SIZE));
    return end > 0;
  }

  private int receive(byte[] target, int offset, int length) throws IOException {
    if (budgetNanos <= 0) {
      throw new AssociationTimeoutException(awaited, limit);
    }
    long start = System.nanoTime();
    try {
      application.setSoTimeout(Math.clamp(budgetNanos / NANOS_PER_MILLI, 1, Integer.MAX_VALUE));
      return in.read(target, offset, length);
    } catch (SocketTimeoutException e) {
      throw new AssociationTimeoutException(awaited, limit);
    } catch (IOException e) {
      throw new ConnectionLostException("connection lost: " + awaited, e);
    } finally {
      long waited = System.nanoTime() - start;
      budgetNanos -= waited;
      waitedNanos += waited;
    }
  }

  /** Sends the bytes, whole or not at all as far as other writers are concerned. */
  void write(byte[] bytes, int offset, int length) throws IOException {
    writing.lock();
    try {
      watchdog.arm(writeLimit);
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        if (watchdog.fired()) {
          throw new AssociationTimeoutException("the peer stopped reading", writeLimit);
        }
        throw new ConnectionLostException("connection lost while sending", e);
      } finally {
        watchdog.disarm();
      }
    } finally {
      writing.unlock();
    }
  }

  /** As {@link #write}, but does nothing while another thread is writing. */
  void writeIfFree(byte[] bytes) throws IOException {
    if (writing.tryLock()) {
      try {
        write(bytes, 0, bytes.length);
      } finally {
        writing.unlock();
      }
    }
  }

  /**
   * Ends the connection so that what was sent last still arrives: closing a socket with unread
   * input would reset it, and the reset overtakes the last PDU.
   *
   * @param time how long to wait for the peer to close its side
   */
  void closeGently(Duration time) {
    // Closing TLS would wait for a stuck writer; the peer has its close_notify by then.
    try (socket;
        watchdog) {
      application.shutdownOutput();
      await(time, "for the peer to close the connection");
      while (receive(buffer, 0, BUFFER_SIZE) >= 0) {
        // Whatever still comes is of no interest.
      }
    } catch (IOException e) {
      // The peer is gone, or doesn't go: either way it had its time.
    }
  }

  /**
   * Cuts the connection at once; a thread that reads or writes fails. It is the TCP connection that
   * is closed: closing TLS waits for whoever is writing, a stuck one for ever.
   */
  @Override
  public void close() throws IOException {
    watchdog.close();
    socket.close();
  }
}
