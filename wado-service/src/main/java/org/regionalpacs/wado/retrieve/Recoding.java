package org.regionalpacs.wado.retrieve;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.CloseNowException;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomFormatException;
import org.regionalpacs.dicom.io.Recoder;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.messages.AccessLog;
import org.regionalpacs.messages.ConversionMessage;
import org.regionalpacs.messages.ConversionOutcome;
import org.regionalpacs.wado.transcode.Conversions;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Writes objects anew as Explicit VR Little Endian on their way out, and records each such
 * conversion.
 */
@Component
class Recoding {
  private final Consumer<ConversionMessage> log;

  @Autowired
  Recoding(AccessLog log) {
    this(log::record);
  }

  Recoding(Consumer<ConversionMessage> log) {
    this.log = log;
  }

  /**
   * Writes an object.
   *
   * @throws DicomFormatException when it can't be read to its end
   */
  void toExplicitLittleEndian(InstanceObject object, ByteSource bytes, OutputStream out)
      throws IOException {
    TimedOutput timed = new TimedOutput(out);
    long start = System.nanoTime();
    ConversionOutcome outcome = ConversionOutcome.FAILED;
    String cause = "";
    try {
      Recoder.toExplicitLittleEndian(bytes, timed);
      outcome = ConversionOutcome.DONE;
    } catch (ClientAbortException | CloseNowException e) {
      outcome = ConversionOutcome.CANCELLED;
      cause = "client went away";
      throw e;
    } catch (DicomFormatException e) {
      // It says at which byte and why, and quotes no value.
      cause = e.getMessage();
      throw e;
    } catch (IOException | RuntimeException e) {
      cause = e.getClass().getSimpleName();
      throw e;
    } finally {
      long nanos = System.nanoTime() - start - timed.nanos();
      log.accept(
          Conversions.message(
              object,
              UID.ExplicitVRLittleEndian,
              nanos / 1_000_000,
              timed.bytes(),
              outcome,
              cause));
    }
  }
}
