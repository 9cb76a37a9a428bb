package org.regionalpacs.wado.retrieve;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.wado.retrieve.ObjectNegotiation.Choice;
import org.regionalpacs.wado.transcode.ObjectTranscoding;
import org.regionalpacs.wado.transcode.Source;
import org.regionalpacs.wado.web.Part;
import org.regionalpacs.wado.web.RequestLog;
import org.regionalpacs.wado.work.Made;
import org.springframework.stereotype.Component;

/** Makes ready what is sent of an object. */
@Component
class ObjectSending {
  private final StoredInstances instances;
  private final Recoding recoding;
  private final ObjectTranscoding transcoding;

  ObjectSending(StoredInstances instances, Recoding recoding, ObjectTranscoding transcoding) {
    this.instances = instances;
    this.recoding = recoding;
    this.transcoding = transcoding;
  }

  /**
   * What is ready to be sent.
   *
   * @param part its type, and its bytes
   * @param held what it takes until it is sent
   */
  record Ready(Part part, Closeable held) {}

  /** The bytes of an encoding; of one of many, read once. */
  ByteSource open(InstanceObject object, boolean alone, RequestLog log) {
    return alone ? instances.open(object, log) : instances.openOnce(object, log);
  }

  static String contentType(Choice choice) {
    return ObjectNegotiation.DICOM + "; transfer-syntax=" + choice.syntax();
  }

  /**
   * Makes it ready. Once that is done the best was done to be sure that it can be sent: what is
   * transcoded is whole, a rendition is there.
   *
   * @param alone whether it is the one that was asked for
   */
  Ready prepare(InstanceObject instance, Choice choice, boolean alone, RequestLog log)
      throws IOException {
    InstanceObject held = choice.encoding().object();
    ByteSource bytes = open(held, alone, log);
    return switch (choice.action()) {
      case SEND_AS_STORED -> {
        if (!choice.encoding().isOriginal()) {
          bytes.open(0, 0).close();
          log.rendition();
        }
        yield new Ready(stored(choice, held, bytes), () -> {});
      }
      case RECODE -> new Ready(recoded(choice, held, bytes), () -> {});
      case TRANSCODE -> {
        Source source = new Source(instance, held, bytes);
        Made made = transcoding.make(source, choice.syntax(), alone, log);
        OptionalLong length = OptionalLong.of(made.length());
        yield new Ready(new Part(contentType(choice), length, made::copyTo), made::close);
      }
      case NONE -> throw new IllegalStateException("not negotiated");
    };
  }

  private static Part stored(Choice choice, InstanceObject object, ByteSource bytes) {
    return new Part(
        contentType(choice),
        OptionalLong.of(object.size()),
        out -> copy(bytes, object.size(), out));
  }

  private Part recoded(Choice choice, InstanceObject object, ByteSource bytes) {
    return new Part(
        contentType(choice),
        OptionalLong.empty(),
        out -> recoding.toExplicitLittleEndian(object, bytes, out));
  }

  private static void copy(ByteSource bytes, long size, OutputStream out) throws IOException {
    try (InputStream in = bytes.open(0, size)) {
      Copying.copy(in, out);
    }
  }
}
