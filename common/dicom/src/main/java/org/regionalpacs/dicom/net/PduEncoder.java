package org.regionalpacs.dicom.net;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.regionalpacs.dicom.net.UserInformation.AsyncOperations;
import org.regionalpacs.dicom.net.UserInformation.RoleSelection;

/** The bytes of every PDU but P-DATA-TF, which {@link MessageWriter} sends as it goes. */
final class PduEncoder {
  private PduEncoder() {}

  static byte[] encode(AssociateRequest request) {
    Bytes body = head(request.protocolVersion(), request.calledAe(), request.callingAe());
    body.item(0x10, item -> item.text(request.applicationContext()));
    for (PresentationContext context : request.contexts()) {
      body.item(0x20, item -> proposed(item, context));
    }
    body.item(0x50, item -> user(item, request.user()));
    return pdu(Pdu.ASSOCIATE_RQ, body);
  }

  static byte[] encode(AssociateAccept accept) {
    Bytes body = head(1, accept.calledAe(), accept.callingAe());
    body.item(0x10, item -> item.text(AssociateRequest.DICOM_APPLICATION_CONTEXT));
    for (ContextAnswer answer : accept.answers()) {
      body.item(0x21, item -> answered(item, answer));
    }
    body.item(0x50, item -> user(item, accept.user()));
    return pdu(Pdu.ASSOCIATE_AC, body);
  }

  static byte[] encode(Pdu.Fixed pdu) {
    return switch (pdu) {
      case Pdu.AssociateReject(int result, int source, int reason) ->
          fixed(Pdu.ASSOCIATE_RJ, result, source, reason);
      case Pdu.ReleaseRequest() -> fixed(Pdu.RELEASE_RQ, 0, 0, 0);
      case Pdu.ReleaseResponse() -> fixed(Pdu.RELEASE_RP, 0, 0, 0);
      case Pdu.Abort(AbortReason reason) -> fixed(Pdu.ABORT, 0, reason.source(), reason.reason());
    };
  }

  private static Bytes head(int version, String calledAe, String callingAe) {
    Bytes body = new Bytes();
    body.number(version, 2).number(0, 2);
    body.text(padded(calledAe)).text(padded(callingAe));
    for (int i = 0; i < 8; i++) {
      body.number(0, 4);
    }
    return body;
  }

  private static String padded(String title) {
    return title + " ".repeat(AeTitle.LENGTH - title.length());
  }

  private static void proposed(Bytes item, PresentationContext context) {
    item.number(context.id(), 1).number(0, 3);
    item.item(0x30, sub -> sub.text(context.abstractSyntax()));
    for (String transferSyntax : context.transferSyntaxes()) {
      item.item(0x40, sub -> sub.text(transferSyntax));
    }
  }

  private static void answered(Bytes item, ContextAnswer answer) {
    item.number(answer.id(), 1).number(0, 1).number(answer.result().code(), 1).number(0, 1);
    item.item(0x40, sub -> sub.text(answer.transferSyntax()));
  }

  /** Sub-items in the order of their types, as everyone sends them. */
  private static void user(Bytes item, UserInformation user) {
    item.item(0x51, sub -> sub.number((int) user.maxPdu(), 4));
    item.item(0x52, sub -> sub.text(user.implementationClass()));
    user.asyncOperations().ifPresent(window -> item.item(0x53, sub -> async(sub, window)));
    for (RoleSelection role : user.roles()) {
      item.item(0x54, sub -> role(sub, role));
    }
    if (!user.implementationVersion().isEmpty()) {
      item.item(0x55, sub -> sub.text(user.implementationVersion()));
    }
    for (ExtendedNegotiation extended : user.extended()) {
      item.item(0x56, sub -> sub.counted(extended.sopClass()).writeBytes(extended.information()));
    }
    for (CommonExtendedNegotiation common : user.common()) {
      item.item(0x57, sub -> common(sub, common));
    }
    user.identity().ifPresent(identity -> item.item(0x58, sub -> identity(sub, identity)));
    user.identityAnswer()
        .ifPresent(answer -> item.item(0x59, sub -> sub.counted(answer.serverResponse())));
  }

  private static void async(Bytes sub, AsyncOperations window) {
    sub.number(window.invoked(), 2).number(window.performed(), 2);
  }

  private static void role(Bytes sub, RoleSelection role) {
    sub.counted(role.sopClass());
    sub.number(role.scu() ? 1 : 0, 1).number(role.scp() ? 1 : 0, 1);
  }

  private static void common(Bytes sub, CommonExtendedNegotiation common) {
    Bytes related = new Bytes();
    common.relatedGeneralClasses().forEach(related::counted);
    sub.counted(common.sopClass()).counted(common.serviceClass()).counted(related.toByteArray());
  }

  private static void identity(Bytes sub, UserIdentity identity) {
    sub.number(identity.type().code(), 1).number(identity.responseRequested() ? 1 : 0, 1);
    sub.counted(identity.primary()).counted(identity.secondary());
  }

  private static byte[] fixed(int type, int first, int second, int third) {
    return pdu(type, new Bytes().number(0, 1).number(first, 1).number(second, 1).number(third, 1));
  }

  private static byte[] pdu(int type, Bytes body) {
    Bytes pdu = new Bytes().number(type, 1).number(0, 1).number(body.size(), 4);
    pdu.writeBytes(body.toByteArray());
    return pdu.toByteArray();
  }

  /** Big-endian numbers and ISO 646 text. */
  private static final class Bytes extends ByteArrayOutputStream {
    Bytes number(int value, int width) {
      for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
        write(value >>> shift);
      }
      return this;
    }

    Bytes text(String text) {
      writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
      return this;
    }

    Bytes counted(String text) {
      return counted(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Behind their number in two bytes. */
    Bytes counted(byte[] bytes) {
      number(bytes.length, 2).writeBytes(bytes);
      return this;
    }

    void item(int type, Consumer<Bytes> content) {
      Bytes value = new Bytes();
      content.accept(value);
      number(type, 1).number(0, 1).number(value.size(), 2);
      writeBytes(value.toByteArray());
    }
  }
}
