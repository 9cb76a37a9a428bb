package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.dicom.net.UserInformation.AsyncOperations;

/** The requestor's end of an association. One thread uses it; any may {@link #abort} it. */
final class ClientAssociation {
  private static final int MAX_CONTEXTS = 128;

  private final Timeouts timeouts;
  private final Transport transport;
  private final PduReader pdus;
  private final List<PresentationContext> proposed;
  private final AssociateAccept accept;
  private final Map<Integer, AcceptedContext> contexts;
  private final MessageReader reader;
  private final MessageWriter writer;
  private volatile boolean ended;

  private ClientAssociation(Transport transport, AssociateRequest request, ScuOptions options)
      throws IOException {
    this.timeouts = options.timeouts();
    this.transport = transport;
    this.pdus = new PduReader(transport, Math.max(options.maxPdu(), 1 << 20), timeouts.data());
    this.proposed = request.contexts();
    this.accept = associate(request);
    this.contexts = Negotiation.agreed(proposed, accept.answers());
    this.reader = new MessageReader(transport, pdus, contexts, timeouts.data());
    this.writer = new MessageWriter(transport, accept.user().maxPdu());
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
            numbered(contexts),
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

  private static List<PresentationContext> numbered(Collection<ProposedContext> contexts) {
    if (contexts.isEmpty() || contexts.size() > MAX_CONTEXTS) {
      throw new IllegalArgumentException(
          contexts.size() + " presentation contexts; 1 to " + MAX_CONTEXTS + " can be proposed");
    }
    List<PresentationContext> numbered = new ArrayList<>();
    for (ProposedContext context : contexts) {
      numbered.add(
          new PresentationContext(
              2 * numbered.size() + 1, context.abstractSyntax(), context.transferSyntaxes()));
    }
    return numbered;
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

  /**
   * The accepted context for this.
   *
   * @throws ContextNotAcceptedException when there is none
   */
  AcceptedContext context(String abstractSyntax, String transferSyntax)
      throws ContextNotAcceptedException {
    return contexts.values().stream()
        .filter(context -> context.abstractSyntax().equals(abstractSyntax))
        .filter(context -> context.transferSyntax().equals(transferSyntax))
        .findFirst()
        .orElseThrow(() ->
            new ContextNotAcceptedException(
                abstractSyntax, transferSyntax, refusal(abstractSyntax, transferSyntax)));
  }

  /** Any accepted context of an abstract syntax, for messages without a data set. */
  AcceptedContext context(String abstractSyntax) throws ContextNotAcceptedException {
    return contexts.values().stream()
        .filter(context -> context.abstractSyntax().equals(abstractSyntax))
        .findFirst()
        .orElseThrow(() ->
            new ContextNotAcceptedException(abstractSyntax, "any", refusal(abstractSyntax, "")));
  }

  private String refusal(String abstractSyntax, String transferSyntax) {
    return proposed.stream()
        .filter(context -> context.abstractSyntax().equals(abstractSyntax))
        .filter(context ->
            transferSyntax.isEmpty() || context.transferSyntaxes().contains(transferSyntax))
        .findFirst()
        .flatMap(
            context -> accept.answers().stream().filter(a -> a.id() == context.id()).findFirst())
        .map(answer -> answer.result().meaning())
        .orElse("not proposed");
  }

  /** Sends a request without a data set and waits for its response. */
  CommandSet request(AcceptedContext context, CommandSet command) throws IOException {
    return exchange(() -> writer.writeCommand(context.id(), command), command);
  }

  /** Sends a request with a data set and waits for its response. */
  CommandSet request(AcceptedContext context, CommandSet command, InputStream dataSet)
      throws IOException {
    return exchange(
        () -> {
          writer.writeCommand(context.id(), command);
          writer.writeDataSet(context.id(), dataSet);
        },
        command);
  }

  private interface Sending {
    void run() throws IOException;
  }

  private CommandSet exchange(Sending sending, CommandSet command) throws IOException {
    try {
      send(sending);
      return response(command);
    } catch (ProtocolViolationException e) {
      end(e.reason());
      throw e;
    } catch (AssociationAbortedException | ConnectionLostException e) {
      cut();
      throw e;
    } catch (IOException | RuntimeException e) {
      // Timed out, or the source of the data set failed: half a message can't be taken back.
      end(AbortReason.SERVICE_USER);
      throw e;
    }
  }

  private void send(Sending sending) throws IOException {
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

  private CommandSet response(CommandSet request) throws IOException {
    if (!reader.awaitMessage(timeouts.idle(), "the response")) {
      sendPdu(new Pdu.ReleaseResponse());
      throw new ConnectionLostException("the server released the association before it answered");
    }
    Message message = reader.read();
    CommandSet response = message.command();
    int responded =
        response.number(CommandElement.MESSAGE_ID_BEING_RESPONDED_TO).orElse(request.messageId());
    if (response.commandField() != (request.commandField() | Command.RESPONSE)
        || responded != request.messageId()) {
      throw new ProtocolViolationException(
          AbortReason.UNEXPECTED_PARAMETER,
          "command %04X, message %d is no response to command %04X, message %d"
              .formatted(
                  response.commandField(), responded, request.commandField(), request.messageId()));
    }
    if (response.hasDataSet()) {
      reader.dataSet(message).drain();
    }
    return response;
  }

  /** Releases the association (PS3.8 7.2), or aborts it when the server doesn't answer. */
  void release() {
    if (ended) {
      return;
    }
    try {
      sendPdu(new Pdu.ReleaseRequest());
      Pdu answer = pdus.next(timeouts.release(), "the release response");
      if (answer instanceof Pdu.ReleaseRequest) {
        // Both asked at once: the requestor answers first, then waits (PS3.8 9.2.3, AR-8 to AR-10).
        sendPdu(new Pdu.ReleaseResponse());
        answer = pdus.next(timeouts.release(), "the release response");
      }
      if (!(answer instanceof Pdu.ReleaseResponse) && !(answer instanceof Pdu.Abort)) {
        end(AbortReason.UNEXPECTED_PDU);
      }
    } catch (ConnectionLostException e) {
      // Gone is what was wanted.
    } catch (IOException e) {
      end(AbortReason.NOT_SPECIFIED);
    } finally {
      cut();
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
