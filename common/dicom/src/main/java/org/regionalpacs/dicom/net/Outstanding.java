package org.regionalpacs.dicom.net;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The operations a requestor has sent and not yet heard of, at most a window of them (PS3.7
 * D.3.3.3). Responses may come in any order.
 */
final class Outstanding {
  private record Operation(CommandSet request, CompletableFuture<CommandSet> response) {}

  private final int window;
  private final Map<Integer, Operation> operations = new LinkedHashMap<>();

  /**
   * @param window how many there may be, at least 1
   */
  Outstanding(int window) {
    this.window = window;
  }

  boolean isFull() {
    return operations.size() >= window;
  }

  boolean isEmpty() {
    return operations.isEmpty();
  }

  /** One more has been sent. */
  CompletableFuture<CommandSet> add(CommandSet request) {
    Operation operation = new Operation(request, new CompletableFuture<>());
    operations.put(request.messageId(), operation);
    return operation.response();
  }

  /**
   * Takes the response to one of them. It isn't told yet: its data set has to be read first.
   *
   * @throws ProtocolViolationException when it is none
   */
  CompletableFuture<CommandSet> take(CommandSet response) throws ProtocolViolationException {
    int responded =
        response.number(CommandElement.MESSAGE_ID_BEING_RESPONDED_TO).orElseGet(this::oldest);
    Operation operation = operations.get(responded);
    if (operation == null
        || response.commandField() != (operation.request.commandField() | Command.RESPONSE)) {
      throw new ProtocolViolationException(
          AbortReason.UNEXPECTED_PARAMETER,
          "command %04X responding to message %d: nothing outstanding asked for it"
              .formatted(response.commandField(), responded));
    }
    if (response.number(CommandElement.STATUS).isEmpty()) {
      throw new ProtocolViolationException(
          AbortReason.INVALID_PARAMETER_VALUE, "response without a status");
    }
    operations.remove(responded);
    return operation.response();
  }

  /** What a response without this element must be meant for. */
  private int oldest() {
    return operations.keySet().iterator().next();
  }

  /** None of them will be answered any more. */
  void fail(Exception cause) {
    List<Operation> failed = List.copyOf(operations.values());
    operations.clear();
    failed.forEach(operation -> operation.response().completeExceptionally(cause));
  }
}
