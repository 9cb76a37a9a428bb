package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.regionalpacs.dicom.data.UID;

/**
 * A client of Verification and Storage (C-ECHO, C-STORE as an SCU) over one association. One thread
 * uses it; any may {@link #abort} it, which ends what it is doing.
 */
public final class StoreScu implements AutoCloseable {
  private static final int MAX_MESSAGE_ID = 0xFFFF;

  private final ClientAssociation association;
  private int messageId;

  private StoreScu(ClientAssociation association) {
    this.association = association;
  }

  /**
   * Connects and negotiates an association.
   *
   * @param remote whom to call
   * @param callingAe the AE title of this side
   * @param contexts what is to be sent, 1 to 128; propose {@link UID#Verification} for {@link
   *     #echo}
   * @throws AssociationRejectedException when the server refuses, with its reason
   * @throws AssociationException when there is no answer, or no connection; its type says how
   */
  public static StoreScu open(
      RemoteAe remote, String callingAe, Collection<ProposedContext> contexts, ScuOptions options)
      throws IOException {
    return new StoreScu(ClientAssociation.open(remote, callingAe, contexts, options));
  }

  /** Whether an object of this SOP class can be sent in this transfer syntax. */
  public boolean accepts(String sopClass, String transferSyntax) {
    try {
      association.contexts().context(sopClass, transferSyntax);
      return true;
    } catch (ContextNotAcceptedException e) {
      return false;
    }
  }

  /**
   * C-ECHO (PS3.7 9.1.5).
   *
   * @return the status
   * @throws ContextNotAcceptedException when Verification wasn't proposed, or not accepted
   */
  public int echo() throws IOException {
    CommandSet command =
        request(Command.C_ECHO_RQ)
            .withUid(CommandElement.AFFECTED_SOP_CLASS_UID, UID.Verification)
            .with(CommandElement.COMMAND_DATA_SET_TYPE, Command.NO_DATA_SET);
    return status(association.request(association.contexts().context(UID.Verification), command));
  }

  /**
   * C-STORE (PS3.7 9.1.1).
   *
   * @param sopClass SOP Class UID of the object
   * @param sopInstance its SOP Instance UID; empty leaves it out of the command
   * @param transferSyntax the encoding of the data set
   * @param dataSet its bytes, without file meta information; read to the end, not closed
   * @throws ContextNotAcceptedException when the server doesn't take this class in this encoding;
   *     the association goes on
   * @throws AssociationException when the association ended, by whomever
   * @throws IOException also when the data set can't be read; the association is aborted then
   */
  public StoreResponse store(
      String sopClass, String sopInstance, String transferSyntax, InputStream dataSet)
      throws IOException {
    AcceptedContext context = association.contexts().context(sopClass, transferSyntax);
    return response(association.request(context, storeRequest(sopClass, sopInstance), dataSet));
  }

  /**
   * C-STORE without waiting for the response, as far as the window allows that was asked for by
   * {@link ScuOptions#maxOperations} and granted by the server (PS3.7 D.3.3.3): without one, the
   * response before is waited for first.
   *
   * @return the response, once a later call has read it; or the end of the association. Completed
   *     in the thread that uses this client
   * @throws IOException as {@link #store}; this object wasn't sent then
   */
  public CompletableFuture<StoreResponse> storeAhead(
      String sopClass, String sopInstance, String transferSyntax, InputStream dataSet)
      throws IOException {
    AcceptedContext context = association.contexts().context(sopClass, transferSyntax);
    return association
        .begin(context, storeRequest(sopClass, sopInstance), dataSet)
        .thenApply(StoreScu::response);
  }

  /** Waits until one more object can be sent without waiting. */
  public void awaitPlace() throws IOException {
    association.awaitPlace();
  }

  /** Waits for the responses to everything sent ahead. */
  public void awaitResponses() throws IOException {
    association.awaitAll();
  }

  private CommandSet storeRequest(String sopClass, String sopInstance) {
    CommandSet command =
        request(Command.C_STORE_RQ)
            .withUid(CommandElement.AFFECTED_SOP_CLASS_UID, sopClass)
            .with(CommandElement.PRIORITY, Command.PRIORITY_MEDIUM)
            .with(CommandElement.COMMAND_DATA_SET_TYPE, Command.DATA_SET);
    if (!sopInstance.isEmpty()) {
      command.withUid(CommandElement.AFFECTED_SOP_INSTANCE_UID, sopInstance);
    }
    return command;
  }

  private static StoreResponse response(CommandSet response) {
    return new StoreResponse(
        status(response), response.text(CommandElement.ERROR_COMMENT).orElse(""));
  }

  private CommandSet request(int commandField) {
    messageId = messageId % MAX_MESSAGE_ID + 1;
    return new CommandSet()
        .with(CommandElement.COMMAND_FIELD, commandField)
        .with(CommandElement.MESSAGE_ID, messageId);
  }

  /** Whether the association can be used for something else now. */
  boolean reusable() {
    return association.reusable();
  }

  private static int status(CommandSet response) {
    return response.number(CommandElement.STATUS).orElseThrow();
  }

  /**
   * Whether the server recognised the user of {@link ScuOptions#identity}. A server that doesn't
   * check users accepts the association all the same, and doesn't confirm.
   */
  public boolean userConfirmed() {
    return association.userConfirmed();
  }

  /** Whether the association has ended; open another then. */
  public boolean ended() {
    return association.ended();
  }

  /** Aborts the association at once; an operation under way fails. */
  public void abort() {
    association.abort();
  }

  /** Releases the association, if it still stands. */
  @Override
  public void close() {
    association.release();
  }
}
