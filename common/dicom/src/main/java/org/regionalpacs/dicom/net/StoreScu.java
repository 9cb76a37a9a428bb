package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Optional;
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
      association.context(sopClass, transferSyntax);
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
    CommandSet response = association.request(association.context(UID.Verification), command);
    return status(response);
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
    AcceptedContext context = association.context(sopClass, transferSyntax);
    CommandSet command =
        request(Command.C_STORE_RQ)
            .withUid(CommandElement.AFFECTED_SOP_CLASS_UID, sopClass)
            .with(CommandElement.PRIORITY, Command.PRIORITY_MEDIUM)
            .with(CommandElement.COMMAND_DATA_SET_TYPE, Command.DATA_SET);
    if (!sopInstance.isEmpty()) {
      command.withUid(CommandElement.AFFECTED_SOP_INSTANCE_UID, sopInstance);
    }
    CommandSet response = association.request(context, command, dataSet);
    Optional<String> comment = response.text(CommandElement.ERROR_COMMENT);
    return new StoreResponse(status(response), comment.orElse(""));
  }

  private CommandSet request(int commandField) {
    messageId = messageId % MAX_MESSAGE_ID + 1;
    return new CommandSet()
        .with(CommandElement.COMMAND_FIELD, commandField)
        .with(CommandElement.MESSAGE_ID, messageId);
  }

  private static int status(CommandSet response) throws IOException {
    return response
        .number(CommandElement.STATUS)
        .orElseThrow(() ->
            new ProtocolViolationException(
                AbortReason.INVALID_PARAMETER_VALUE, "response without a status"));
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
