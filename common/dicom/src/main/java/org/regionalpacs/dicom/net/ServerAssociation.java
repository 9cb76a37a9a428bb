package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.regionalpacs.dicom.net.AssociationListener.Ending;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The acceptor's end of one connection, from the TCP accept to its close; runs in its own thread.
 */
final class ServerAssociation implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerAssociation.class);

  /**
   * Bodies of P-DATA-TF up to this length are taken even if a shorter maximum was announced: they
   * are never held whole, and refusing would lose the image of a careless sender.
   */
  private static final int MAX_DATA_LENGTH = 1 << 20;

  /** What {@link #stop} may do to the association. */
  private enum State {
    NOT_ASSOCIATED,
    IDLE,
    IN_MESSAGE,
    STOPPED
  }

  private final DicomServer server;
  private final long id;
  private final InetSocketAddress peer;
  private final Optional<TlsOptions> tls;
  private final Timeouts timeouts;
  private final Transport transport;
  private final PduReader pdus;
  private Optional<TlsPeer> secured = Optional.empty();
  private final AtomicReference<State> state = new AtomicReference<>(State.NOT_ASSOCIATED);

  ServerAssociation(DicomServer server, long id, Socket socket, Optional<TlsOptions> tls)
      throws IOException {
    this.server = server;
    this.id = id;
    this.peer = (InetSocketAddress) socket.getRemoteSocketAddress();
    this.tls = tls;
    this.timeouts = server.options().timeouts();
    this.transport = new Transport(socket, timeouts.write());
    this.pdus =
        new PduReader(
            transport, Math.max(MAX_DATA_LENGTH, server.options().maxPdu()), timeouts.data());
  }

  /** Serves the association to its end. The caller closes the connection by {@link #cut}. */
  @Override
  public void run() {
    try {
      if (tls.isPresent() && !handshake(tls.get())) {
        return;
      }
      negotiate();
    } catch (ProtocolViolationException e) {
      LOG.warn("Connection {} from {} aborted: {}", id, peer.getAddress(), e.getMessage());
      abort(e.reason());
    } catch (IOException e) {
      // Port scanners and load balancers' checks end here.
      LOG.debug("Connection {} from {} ended: {}", id, peer.getAddress(), e.getMessage());
    }
  }

  /** In this thread, not in the one that accepts: a peer that dawdles keeps only itself waiting. */
  private boolean handshake(TlsOptions options) throws IOException {
    try {
      secured =
          Optional.of(
              transport.secure(options.serverSide(transport.socket()), timeouts.handshake()));
      return true;
    } catch (AssociationException e) {
      LOG.warn("Connection {} from {}: {}", id, peer.getAddress(), e.getMessage());
      server.listener().handshakeFailed(peer.getAddress(), e.getMessage());
      return false;
    }
  }

  private void negotiate() throws IOException {
    switch (pdus.next(timeouts.associate(), "the association request")) {
      case AssociateRequest request -> answer(request);
      case Pdu.Abort _ -> LOG.debug("Connection {} aborted before it asked for anything", id);
      case AssociateAccept _,
          Pdu.AssociateReject _,
          Pdu.DataTransfer _,
          Pdu.ReleaseRequest _,
          Pdu.ReleaseResponse _ ->
          throw new ProtocolViolationException(
              AbortReason.UNEXPECTED_PDU, "no association request");
    }
  }

  private void answer(AssociateRequest request) throws IOException {
    ServerOptions options = server.options();
    Negotiation negotiation =
        new Negotiation(server.policy(), options.maxPdu(), options.maxOperations());
    Optional<RejectReason> refusal = negotiation.refusal(request, peer.getAddress());
    IdentityAnswer identity = new IdentityAnswer.NotSupported();
    if (refusal.isEmpty()) {
      identity = negotiation.identify(request);
      refusal =
          identity instanceof IdentityAnswer.Refused(RejectReason reason)
              ? Optional.of(reason)
              : Optional.empty();
    }
    if (refusal.isEmpty() && !server.admit(request.callingAe())) {
      refusal = Optional.of(RejectReason.LOCAL_LIMIT_EXCEEDED);
    }
    if (refusal.isPresent()) {
      reject(request, refusal.get());
      return;
    }
    try {
      serve(request, negotiation.accept(request, identity), user(request, identity));
    } finally {
      server.dismiss(request.callingAe());
    }
  }

  /** The user, if it was recognised: what wasn't checked isn't worth telling. */
  private static Optional<String> user(AssociateRequest request, IdentityAnswer identity) {
    return identity instanceof IdentityAnswer.Accepted
        ? request.user().identity().flatMap(UserIdentity::name)
        : Optional.empty();
  }

  private void reject(AssociateRequest request, RejectReason reason) throws IOException {
    LOG.warn(
        "Association {}->{} from {} rejected: {}",
        printable(request.callingAe()),
        printable(request.calledAe()),
        peer.getAddress().getHostAddress(),
        reason.meaning());
    server.listener().rejected(request, peer.getAddress(), reason);
    send(Pdu.AssociateReject.of(reason));
    transport.closeGently(timeouts.release());
  }

  private static String printable(String title) {
    return title.replaceAll("[^\\x20-\\x7E]", "?");
  }

  private void serve(AssociateRequest request, AssociateAccept accept, Optional<String> user)
      throws IOException {
    AssociationInfo info =
        new AssociationInfo(
            id,
            request.callingAe(),
            request.calledAe(),
            peer,
            request.user().implementationClass(),
            request.user().implementationVersion(),
            secured,
            user);
    server.listener().opened(info);
    Ending ending = Ending.LOST;
    try {
      byte[] pdu = PduEncoder.encode(accept);
      transport.write(pdu, 0, pdu.length);
      ending =
          exchange(
              info,
              Negotiation.agreed(request.contexts(), accept.answers()),
              request.user().maxPdu());
    } catch (ProtocolViolationException e) {
      LOG.warn("{} aborted: {}", info, e.getMessage());
      ending = Ending.ABORTED_HERE;
      abort(e.reason());
    } catch (AssociationTimeoutException e) {
      LOG.warn("{}: {}", info, e.getMessage());
      ending = Ending.TIMED_OUT;
      abort(AbortReason.NOT_SPECIFIED);
    } catch (AssociationAbortedException e) {
      LOG.info("{}: {}", info, e.getMessage());
      ending = Ending.ABORTED;
    } catch (IOException e) {
      if (state.get() == State.STOPPED) {
        ending = Ending.ABORTED_HERE;
      } else {
        LOG.warn("{}: {}", info, e.getMessage());
      }
    } finally {
      server.listener().closed(info, ending);
    }
  }

  /** Serves message after message until the peer releases or the server stops. */
  private Ending exchange(
      AssociationInfo info, Map<Integer, AcceptedContext> contexts, long peerMaxPdu)
      throws IOException {
    MessageReader reader = new MessageReader(transport, pdus, contexts, timeouts.data());
    MessageWriter writer = new MessageWriter(transport, peerMaxPdu);
    state.compareAndSet(State.NOT_ASSOCIATED, State.IDLE);
    while (!server.stopping()) {
      if (!reader.awaitMessage(timeouts.idle(), "the next message")) {
        send(new Pdu.ReleaseResponse());
        transport.closeGently(timeouts.release());
        return Ending.RELEASED;
      }
      if (!state.compareAndSet(State.IDLE, State.IN_MESSAGE)) {
        break;
      }
      serveMessage(info, reader, writer);
      state.compareAndSet(State.IN_MESSAGE, State.IDLE);
    }
    if (state.compareAndSet(State.IDLE, State.STOPPED)) {
      abort(AbortReason.SERVICE_USER);
    }
    return Ending.ABORTED_HERE;
  }

  private void serveMessage(AssociationInfo info, MessageReader reader, MessageWriter writer)
      throws IOException {
    Message message = reader.read();
    CommandSet command = message.command();
    MessageReader.DataSet dataSet = reader.dataSet(message);
    CommandSet response =
        switch (command.commandField()) {
          case Command.C_STORE_RQ -> server.store().perform(info, message, dataSet);
          case Command.C_ECHO_RQ -> command.response(Status.SUCCESS.code());
          default -> command.response(Status.UNRECOGNIZED_OPERATION.code());
        };
    if (command.hasDataSet()) {
      dataSet.drain();
    }
    if ((command.commandField() & Command.RESPONSE) != 0) {
      throw new ProtocolViolationException(
          AbortReason.UNEXPECTED_PARAMETER, "a response to nothing that was asked");
    }
    if (command.commandField() != Command.C_CANCEL_RQ) {
      writer.writeCommand(message.context().id(), response);
    }
  }

  private void send(Pdu.Fixed pdu) throws IOException {
    byte[] bytes = PduEncoder.encode(pdu);
    transport.write(bytes, 0, bytes.length);
  }

  private void abort(AbortReason reason) {
    try {
      send(new Pdu.Abort(reason));
      transport.closeGently(timeouts.release());
    } catch (IOException e) {
      LOG.debug("Association {}: the abort couldn't be sent: {}", id, e.getMessage());
    }
  }

  /**
   * The server stops: aborts the association unless it is in the middle of a message, after which
   * it ends by itself.
   */
  void stop() {
    if (state.compareAndSet(State.NOT_ASSOCIATED, State.STOPPED)) {
      cut();
    } else if (state.compareAndSet(State.IDLE, State.STOPPED)) {
      try {
        send(new Pdu.Abort(AbortReason.SERVICE_USER));
      } catch (IOException e) {
        LOG.debug("Association {}: the abort couldn't be sent: {}", id, e.getMessage());
      }
      cut();
    }
  }

  /** Closes the connection at once, whatever it does. */
  void cut() {
    state.set(State.STOPPED);
    try {
      transport.close();
    } catch (IOException e) {
      LOG.debug("Association {}: {}", id, e.getMessage());
    }
  }
}
