package org.regionalpacs.dicom.net;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes the body of A-ASSOCIATE-RQ or -AC apart (PS3.8 9.3.2, 9.3.3). */
final class AssociatePduParser {
  private static final int FIXED_FIELDS = 68;
  private static final int RESERVED_AFTER_TITLES = 32;

  private final ByteBuffer body;
  private final List<PresentationContext> contexts = new ArrayList<>();
  private final List<ContextAnswer> answers = new ArrayList<>();
  private final Set<Integer> contextIds = new HashSet<>();
  private String applicationContext = "";
  private final UserInformationParser user = new UserInformationParser();

  AssociatePduParser(byte[] body) {
    this.body = ByteBuffer.wrap(body);
  }

  /**
   * @throws ProtocolViolationException when the lengths in it don't add up or an id is wrong
   */
  AssociateRequest request() throws ProtocolViolationException {
    Head head = parse();
    return new AssociateRequest(
        head.version, head.calledAe, head.callingAe, applicationContext, contexts, user.parsed());
  }

  /**
   * @throws ProtocolViolationException when the lengths in it don't add up or an id is wrong
   */
  AssociateAccept accept() throws ProtocolViolationException {
    Head head = parse();
    return new AssociateAccept(head.calledAe, head.callingAe, answers, user.parsed());
  }

  private record Head(int version, String calledAe, String callingAe) {}

  private Head parse() throws ProtocolViolationException {
    if (body.remaining() < FIXED_FIELDS) {
      throw invalid("association PDU with only " + body.remaining() + " bytes");
    }
    int version = body.getShort() & 0xFFFF;
    body.getShort();
    Head head =
        new Head(version, PduItem.text(body, AeTitle.LENGTH), PduItem.text(body, AeTitle.LENGTH));
    body.position(body.position() + RESERVED_AFTER_TITLES);
    try {
      PduItem.forEach(body, this::item);
    } catch (BufferUnderflowException e) {
      throw invalid("an item of an association PDU is too short");
    } catch (PduItem.InvalidException e) {
      throw invalid(e.getMessage());
    }
    return head;
  }

  private void item(PduItem item) {
    switch (item.type()) {
      case 0x10 -> applicationContext = PduItem.text(item.value());
      case 0x20 -> contexts.add(proposed(item.value()));
      case 0x21 -> answers.add(answer(item.value()));
      case 0x50 -> PduItem.forEach(item.value(), user::item);
      default -> {
        // Unknown items are to be ignored (PS3.8 9.3.1).
      }
    }
  }

  private PresentationContext proposed(ByteBuffer value) {
    int id = contextId(value);
    value.get(new byte[3]); // reserved
    List<String> abstractSyntaxes = new ArrayList<>(1);
    List<String> transferSyntaxes = new ArrayList<>();
    PduItem.forEach(
        value,
        sub -> {
          switch (sub.type()) {
            case 0x30 -> abstractSyntaxes.add(PduItem.text(sub.value()));
            case 0x40 -> transferSyntaxes.add(PduItem.text(sub.value()));
            default -> {
              // Unknown sub-items are to be ignored.
            }
          }
        });
    if (abstractSyntaxes.size() != 1) {
      throw new PduItem.InvalidException(
          "presentation context %d with %d abstract syntaxes"
              .formatted(id, abstractSyntaxes.size()));
    }
    return new PresentationContext(id, abstractSyntaxes.getFirst(), transferSyntaxes);
  }

  private ContextAnswer answer(ByteBuffer value) {
    int id = contextId(value);
    value.get();
    ContextAnswer.Result result = ContextAnswer.Result.of(value.get() & 0xFF);
    value.get();
    List<String> transferSyntaxes = new ArrayList<>(1);
    PduItem.forEach(
        value,
        sub -> {
          if (sub.type() == 0x40) {
            transferSyntaxes.add(PduItem.text(sub.value()));
          }
        });
    return new ContextAnswer(
        id, result, transferSyntaxes.isEmpty() ? "" : transferSyntaxes.getFirst());
  }

  /** Ids are odd (PS3.8 9.3.2.2) and unique, which also bounds their number to 128. */
  private int contextId(ByteBuffer value) {
    int id = value.get() & 0xFF;
    if (id % 2 == 0 || !contextIds.add(id)) {
      throw new PduItem.InvalidException("presentation context id " + id + " is even or repeated");
    }
    return id;
  }

  private static ProtocolViolationException invalid(String message) {
    return new ProtocolViolationException(AbortReason.INVALID_PARAMETER_VALUE, message);
  }
}
