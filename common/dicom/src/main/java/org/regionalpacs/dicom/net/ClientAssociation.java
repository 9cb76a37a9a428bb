package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.regionalpacs.dicom.net.UserInformation.AsyncOperations;

/** The requestor's end of an association. One thread uses it; any may {@link #abort} it. */
final class ClientAssociation {
  private final Timeouts timeouts;
  private final Transport transport;
  private final PduReader pdus;
  private final AssociateAccept accept;
  private final AgreedContexts contexts;
  private final MessageReader reader;
  private final MessageWriter writer;
  private final Outstanding outstanding;
  private volatile boolean ended;

  private ClientAssociation(Transport transport, AssociateRequest request, ScuOptions options)
      throws IOException {
    this.timeouts = options.timeouts();
    this.transport = transport;
    this.pdus = new PduReader(transport, Math.max(options.maxPdu(), 1 << 20), timeouts.data());
    this.accept = associate(request);
    this.contexts = new AgreedContexts(request.contexts(), accept.answers());
    this.reader = new MessageReader(transport, pdus, contexts.byId(), timeouts.data());
    this.writer = new MessageWriter(transport, accept.user().maxPdu());
    this.outstanding = new Outstanding(granted(options));
  }

  /**
   * Connects and negotiates.
   *
   * @throws AssociationException when that fails; its type says how
   */
  static ClientAssociation open(
      RemoteAe remote, String callingAe, Collection<ProposedContext> contexts, ScuOptions options)
      throws IOException {
    AssociateRequest request =
        new AssociateRequest(
            1,
            remote.aeTitle(),
            AeTitle.require(callingAe),
            AssociateRequest.DICOM_APPLICATION_CONTEXT,
            ProposedContext.numbered(contexts),
            UserInformation.ours(options.maxPdu()).asking(window(options), options.identity()));
    Transport transport = Connector.connect(remote, options);
    try {
      return new ClientAssociation(transport, request, options);
    } catch (IOException | RuntimeException e) {
      if (e instanceof ProtocolViolationException violation) {
        sendAbort(transport, violation.reason());
      }
      transport.close();
      throw e;
    }
  }

  /** None is asked for when there is nothing to gain: some servers stumble over the question. */
  private static Optional<AsyncOperations> window(ScuOptions options) {
    return options.maxOperations() == 1
        ? Optional.empty()
        : Optional.of(new AsyncOperations(options.maxOperations(), 1));
  }

  /** A server that doesn't answer has a window of 1 (PS3.7 D.3.3.3); 0 is no limit. */
  private int granted(ScuOptions options) {
    int invoked = accept.user().asyncOperations().map(AsyncOperations::invoked).orElse(1);
    return invoked == 0 ? options.maxOperations() : Math.min(invoked, options.maxOperations());
  }

  private AssociateAccept associate(AssociateRequest request) throws IOException {
    byte[] pdu = PduEncoder.encode(request);
    transport.write(pdu, 0, pdu.length);
    return switch (pdus.next(timeouts.associate(), "the answer to the association request")) {
      case AssociateAccept accepted -> requireUsable(accepted);
      case Pdu.AssociateReject reject -> throw new AssociationRejectedException(reject);
      case Pdu.Abort(AbortReason reason) -> throw new AssociationAbortedException(reason);
      case AssociateRequest _, Pdu.DataTransfer _, Pdu.ReleaseRequest _, Pdu.ReleaseResponse _ ->
          throw new ProtocolViolationException(
              AbortReason.UNEXPECTED_PDU, "no answer to the association request");
    };
  }

  private static AssociateAccept requireUsable(AssociateAccept accepted)
      throws ProtocolViolationException {
    long peerMax = accepted.user().maxPdu();
    if (peerMax != 0 && peerMax < MessageWriter.MIN_PEER_PDU) {
      throw new ProtocolViolationException(
          AbortReason.INVALID_PARAMETER_VALUE, "the server takes PDUs of " + peerMax + " bytes");
    }
    return accepted;
  }

  /** What was agreed on. */
  AgreedContexts contexts() {
    return contexts;
  }

  /** Sends a request without a data set and waits for its response. */
  CommandSet request(AcceptedContext context, CommandSet command) throws IOException {
    return await(begin(command, () -> writer.writeCommand(context.id(), command)));
  }

  /** Sends a request with a data set and waits for its response. */
  CommandSet request(AcceptedContext context, CommandSet command, InputStream dataSet)
      throws IOException {
    return await(begin(context, command, dataSet));
  }

  /**
   * Sends a request with a data set, as soon as the window has place for it. Its response is read
   * by whatever waits next.
   */
  CompletableFuture<CommandSet> begin(
      AcceptedContext context, CommandSet command, InputStream dataSet) throws IOException {
    return begin(
        command,
        () -> {
          writer.writeCommand(context.id(), command);
          writer.writeDataSet(context.id(), dataSet);
        });
  }

  private CompletableFuture<CommandSet> begin(CommandSet command, Step sending) throws IOException {
    awaitPlace();
    perform(() -> send(sending));
    return outstanding.add(command);
  }

  /** Reads responses until one more operation may be begun. */
  void awaitPlace() throws IOException {
    while (outstanding.isFull()) {
      perform(this::readResponse);
    }
  }

  /** Reads responses until all are there. */
  void awaitAll() throws IOException {
    while (!outstanding.isEmpty()) {
      perform(this::readResponse);
    }
  }

  private CommandSet await(CompletableFuture<CommandSet> response) throws IOException {
    while (!response.isDone()) {
      perform(this::readResponse);
    }
    return response.resultNow();
  }

  private interface Step {
    void run() throws IOException;
  }

  /** Does a step; when it fails, so do the association and all that is outstanding. */
  private void perform(Step step) throws IOException {
    try {
      step.run();
    } catch (ProtocolViolationException e) {
      end(e.reason());
      outstanding.fail(e);
      throw e;
    } catch (AssociationAbortedException | ConnectionLostException e) {
      cut();
      outstanding.fail(e);
      throw e;
    } catch (AssociationException e) {
      end(AbortReason.SERVICE_USER);
      outstanding.fail(e);
      throw e;
    } catch (IOException | RuntimeException e) {
      // The source of the data set failed: half a message can't be taken back.
      end(AbortReason.SERVICE_USER);
      outstanding.fail(new ConnectionLostException("aborted: " + e.getMessage(), e));
      throw e;
    }
  }

  private void send(Step sending) throws IOException {
    try {
      sending.run();
    } catch (ConnectionLostException e) {
      throw abortBehind(e);
    }
  }

  /**
   * When sending fails, the peer's A-ABORT is often here already and says more than the failure.
   */
  private AssociationException abortBehind(ConnectionLostException lost) {
    try {
      if (pdus.next(timeouts.release(), "the peer's abort") instanceof Pdu.Abort abort) {
        return new AssociationAbortedException(abort.reason());
      }
    } catch (IOException e) {
      lost.addSuppressed(e);
    }
    return lost;
  }

  private void readResponse() throws IOException {
    if (!reader.awaitMessage(timeouts.idle(), "the response")) {
      sendPdu(new Pdu.ReleaseResponse());
      throw new ConnectionLostException("the server released the association before it answered");
    }
    Message message = reader.read();
    CompletableFuture<CommandSet> waiting = outstanding.take(message.command());
    if (message.command().hasDataSet()) {
      reader.dataSet(message).drain();
    }
    waiting.complete(message.command());
  }

  /**
   * Whether it can be used further: nothing outstanding, nothing come from the server, not ended.
   */
  boolean reusable() {
    return !ended && outstanding.isEmpty() && transport.quiet();
  }

  /** Releases the association (PS3.8 7.2), or aborts it when the server doesn't answer. */
  void release() {
    if (ended) {
      return;
    }
    try {
      sendPdu(new Pdu.ReleaseRequest());
      awaitReleased(System.nanoTime() + timeouts.release().toNanos(), false);
    } catch (ProtocolViolationException e) {
      end(e.reason());
    } catch (ConnectionLostException | AssociationAbortedException e) {
      // Gone is what was wanted.
    } catch (IOException e) {
      end(AbortReason.NOT_SPECIFIED);
    } finally {
      cut();
      outstanding.fail(new ConnectionLostException("released before it was answered"));
    }
  }

  /**
   * From state 7 of PS3.8 9.2.1 to the end, until the server has answered the release request; or
   * from state 11, after both have asked.
   */
  private void awaitReleased(long deadline, boolean collided) throws IOException {
    while (true) {
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      switch (reader.skipTo(left, "the release response")) {
        case Pdu.ReleaseResponse() -> {
          return;
        }
        case Pdu.ReleaseRequest() when !collided -> {
          // Both asked at once: the association's requestor answers first, and waits on for the
          // answer to its own request (AR-8, AR-9).
          sendPdu(new Pdu.ReleaseResponse());
          awaitReleased(deadline, true);
          return;
        }
        case Pdu.DataTransfer _ when !collided -> {
          // A response that crossed the request.
        }
        case Pdu.Abort(AbortReason reason) -> throw new AssociationAbortedException(reason);
        default ->
            throw new ProtocolViolationException(
                AbortReason.UNEXPECTED_PDU, "no answer to the release request");
      }
    }
  }

  /** Aborts at once, also while another thread sends or waits. */
  void abort() {
    end(AbortReason.SERVICE_USER);
  }

  /** Whether the server recognised the user; false when it wasn't asked to, too. */
  boolean userConfirmed() {
    return accept.user().identityAnswer().isPresent();
  }

  boolean ended() {
    return ended;
  }

  private void end(AbortReason reason) {
    if (!ended) {
      sendAbort(transport, reason);
      cut();
    }
  }

  private static void sendAbort(Transport transport, AbortReason reason) {
    try {
      byte[] pdu = PduEncoder.encode(new Pdu.Abort(reason));
      transport.writeIfFree(pdu);
    } catch (IOException e) {
      // It couldn't be told; the closed connection says it too.
    }
  }

  private void sendPdu(Pdu.Fixed pdu) throws IOException {
    byte[] bytes = PduEncoder.encode(pdu);
    transport.write(bytes, 0, bytes.length);
  }

  private void cut() {
    ended = true;
    try {
      transport.close();
    } catch (IOException e) {
      // Nothing is left to be done about it.
    }
  }
}
