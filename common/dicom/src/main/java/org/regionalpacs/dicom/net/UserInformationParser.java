package org.regionalpacs.dicom.net;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.dicom.net.UserInformation.AsyncOperations;
import org.regionalpacs.dicom.net.UserInformation.RoleSelection;

/** Gathers the sub-items of the user information item (PS3.8 9.3.2.3, PS3.7 D.3.3). */
final class UserInformationParser {
  private long maxPdu = UserInformation.DEFAULT_MAX_PDU;
  private String implementationClass = "";
  private String implementationVersion = "";
  private Optional<AsyncOperations> asyncOperations = Optional.empty();
  private final List<RoleSelection> roles = new ArrayList<>();
  private final List<ExtendedNegotiation> extended = new ArrayList<>();
  private final List<CommonExtendedNegotiation> common = new ArrayList<>();
  private Optional<UserIdentity> identity = Optional.empty();
  private Optional<IdentityAnswer.Accepted> identityAnswer = Optional.empty();

  void item(PduItem sub) {
    ByteBuffer value = sub.value();
    switch (sub.type()) {
      case 0x51 -> maxPdu = value.getInt() & 0xFFFF_FFFFL;
      case 0x52 -> implementationClass = PduItem.text(value);
      case 0x53 ->
          asyncOperations =
              Optional.of(
                  new AsyncOperations(value.getShort() & 0xFFFF, value.getShort() & 0xFFFF));
      case 0x54 -> roles.add(role(value));
      case 0x55 -> implementationVersion = PduItem.text(value);
      case 0x56 ->
          extended.add(
              new ExtendedNegotiation(PduItem.text(PduItem.counted(value)), PduItem.bytes(value)));
      case 0x57 -> common.add(common(value));
      case 0x58 -> identity = identity(value);
      case 0x59 ->
          identityAnswer =
              Optional.of(new IdentityAnswer.Accepted(PduItem.bytes(PduItem.counted(value))));
      default -> {
        // Unknown sub-items are to be ignored (PS3.8 9.3.1).
      }
    }
  }

  private static RoleSelection role(ByteBuffer value) {
    String sopClass = PduItem.text(PduItem.counted(value));
    return new RoleSelection(sopClass, value.get() != 0, value.get() != 0);
  }

  private static CommonExtendedNegotiation common(ByteBuffer value) {
    String sopClass = PduItem.text(PduItem.counted(value));
    String serviceClass = PduItem.text(PduItem.counted(value));
    ByteBuffer related = PduItem.counted(value);
    List<String> general = new ArrayList<>();
    while (related.hasRemaining()) {
      general.add(PduItem.text(PduItem.counted(related)));
    }
    return new CommonExtendedNegotiation(sopClass, serviceClass, general);
  }

  /** A type that the standard doesn't know can't be supported: as if it weren't there. */
  private static Optional<UserIdentity> identity(ByteBuffer value) {
    Optional<UserIdentity.Type> type = UserIdentity.Type.of(value.get() & 0xFF);
    boolean responseRequested = value.get() != 0;
    byte[] primary = PduItem.bytes(PduItem.counted(value));
    byte[] secondary = PduItem.bytes(PduItem.counted(value));
    return type.map(known -> new UserIdentity(known, responseRequested, primary, secondary));
  }

  UserInformation parsed() {
    return new UserInformation(
        maxPdu,
        implementationClass,
        implementationVersion,
        asyncOperations,
        roles,
        extended,
        common,
        identity,
        identityAnswer);
  }
}
