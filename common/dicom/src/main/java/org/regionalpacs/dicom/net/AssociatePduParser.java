package org.regionalpacs.dicom.net;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.regionalpacs.dicom.net.UserInformation.AsyncOperations;
import org.regionalpacs.dicom.net.UserInformation.RoleSelection;

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
    Head head = new Head(version, text(body, AeTitle.LENGTH), text(body, AeTitle.LENGTH));
    body.position(body.position() + RESERVED_AFTER_TITLES);
    try {
      forEachItem(body, this::item);
    } catch (BufferUnderflowException e) {
      throw invalid("an item of an association PDU is too short");
    } catch (InvalidItemException e) {
      throw invalid(e.getMessage());
    }
    return head;
  }

  private void item(Item item) {
    switch (item.type) {
      case 0x10 -> applicationContext = uid(item.value);
      case 0x20 -> contexts.add(proposed(item.value));
      case 0x21 -> answers.add(answer(item.value));
      case 0x50 -> forEachItem(item.value, user::item);
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
    forEachItem(
        value,
        sub -> {
          switch (sub.type) {
            case 0x30 -> abstractSyntaxes.add(uid(sub.value));
            case 0x40 -> transferSyntaxes.add(uid(sub.value));
            default -> {
              // Unknown sub-items are to be ignored.
            }
          }
        });
    if (abstractSyntaxes.size() != 1) {
      throw new InvalidItemException(
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
    forEachItem(
        value,
        sub -> {
          if (sub.type == 0x40) {
            transferSyntaxes.add(uid(sub.value));
          }
        });
    return new ContextAnswer(
        id, result, transferSyntaxes.isEmpty() ? "" : transferSyntaxes.getFirst());
  }

  /** Ids are odd (PS3.8 9.3.2.2) and unique, which also bounds their number to 128. */
  private int contextId(ByteBuffer value) {
    int id = value.get() & 0xFF;
    if (id % 2 == 0 || !contextIds.add(id)) {
      throw new InvalidItemException("presentation context id " + id + " is even or repeated");
    }
    return id;
  }

  /** An item or sub-item: its type, and a view of its value. */
  private record Item(int type, ByteBuffer value) {}

  private static void forEachItem(ByteBuffer items, Consumer<Item> action) {
    while (items.hasRemaining()) {
      int type = items.get() & 0xFF;
      items.get();
      int length = items.getShort() & 0xFFFF;
      if (length > items.remaining()) {
        throw new InvalidItemException(
            "item 0x%02X with length %d, but %d bytes left"
                .formatted(type, length, items.remaining()));
      }
      action.accept(new Item(type, items.slice(items.position(), length)));
      items.position(items.position() + length);
    }
  }

  private static String uid(ByteBuffer value) {
    return text(value, value.remaining());
  }

  /** ISO 646 text without the padding: spaces, and the NUL some systems send after a UID. */
  private static String text(ByteBuffer from, int length) {
    byte[] bytes = new byte[length];
    from.get(bytes);
    int end = length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.ISO_8859_1).strip();
  }

  private static ProtocolViolationException invalid(String message) {
    return new ProtocolViolationException(AbortReason.INVALID_PARAMETER_VALUE, message);
  }

  /** Carries the cause out of the lambdas above; never leaves this class. */
  private static final class InvalidItemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidItemException(String message) {
      super(message);
    }
  }

  /** Gathers the sub-items of the user information item. */
  private static final class UserInformationParser {
    private long maxPdu = UserInformation.DEFAULT_MAX_PDU;
    private String implementationClass = "";
    private String implementationVersion = "";
    private Optional<AsyncOperations> asyncOperations = Optional.empty();
    private final List<RoleSelection> roles = new ArrayList<>();

    void item(Item sub) {
      switch (sub.type) {
        case 0x51 -> maxPdu = sub.value.getInt() & 0xFFFF_FFFFL;
        case 0x52 -> implementationClass = uid(sub.value);
        case 0x53 ->
            asyncOperations =
                Optional.of(
                    new AsyncOperations(
                        sub.value.getShort() & 0xFFFF, sub.value.getShort() & 0xFFFF));
        case 0x54 -> roles.add(role(sub.value));
        case 0x55 -> implementationVersion = uid(sub.value);
        default -> {
          // Extended negotiations and user identity: not supported, so not answered.
        }
      }
    }

    private static RoleSelection role(ByteBuffer value) {
      int length = value.getShort() & 0xFFFF;
      if (length > value.remaining()) {
        throw new InvalidItemException("role selection with a UID of length " + length);
      }
      return new RoleSelection(text(value, length), value.get() != 0, value.get() != 0);
    }

    UserInformation parsed() {
      return new UserInformation(
          maxPdu, implementationClass, implementationVersion, asyncOperations, roles);
    }
  }
}
