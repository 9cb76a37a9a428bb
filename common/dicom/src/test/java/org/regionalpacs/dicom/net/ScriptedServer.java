package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A server of one association that does what it is told. */
final class ScriptedServer implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** What it does once the request has come, or once the association stands. */
  interface Script {
    void run(Peer peer) throws IOException;
  }

  /** The client's end. */
  record Peer(Transport transport, PduReader pdus) {
    /** The next PDU; the bodies of data are skipped. */
    Pdu next() throws IOException {
      Pdu pdu = pdus.next(LIMIT, "the client");
      if (pdu instanceof Pdu.DataTransfer(int length)) {
        for (int i = 0; i < length; i++) {
          pdus.requireByte();
        }
      }
      return pdu;
    }

    /** What comes until the connection ends. */
    List<Pdu> rest() {
      List<Pdu> rest = new ArrayList<>();
      try {
        while (true) {
          rest.add(next());
        }
      } catch (IOException e) {
        return rest;
      }
    }

    Peer send(Pdu.Fixed pdu) throws IOException {
      return send(PduEncoder.encode(pdu));
    }

    Peer send(byte[] bytes) throws IOException {
      transport.write(bytes, 0, bytes.length);
      return this;
    }
  }

  private final ServerSocket listener;
  private final CompletableFuture<Void> done;

  private ScriptedServer(ServerSocket listener, boolean accepts, Script script) {
    this.listener = listener;
    this.done =
        CompletableFuture.runAsync(() -> serve(accepts, script), Thread::startVirtualThread);
  }

  /** The script starts when the association stands. */
  static ScriptedServer accepting(Script script) throws IOException {
    return new ScriptedServer(listen(), true, script);
  }

  /** The script starts when the association request has come. */
  static ScriptedServer answering(Script script) throws IOException {
    return new ScriptedServer(listen(), false, script);
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private void serve(boolean accepts, Script script) {
    try (Socket socket = listener.accept()) {
      Transport transport = new Transport(socket, LIMIT);
      Peer peer = new Peer(transport, new PduReader(transport, 1 << 20, LIMIT));
      AssociateRequest request = (AssociateRequest) peer.next();
      if (accepts) {
        peer.send(
            PduEncoder.encode(
                new Negotiation(new StoragePolicy(_ -> true), 16_384, 8)
                    .accept(request, new IdentityAnswer.NotSupported())));
      }
      script.run(peer);
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  RemoteAe remote() {
    return new RemoteAe("SCRIPTED", "127.0.0.1", listener.getLocalPort());
  }

  /** Waits for the end of the script; fails as it did. */
  void awaitEnd() {
    done.orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
