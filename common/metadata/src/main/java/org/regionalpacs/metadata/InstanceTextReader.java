package org.regionalpacs.metadata;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.function.Consumer;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomFormatException;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.PixelFrames;
import org.regionalpacs.dicom.json.DicomJsonWriter;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.security.TenantCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/**
 * Makes the JSON object of an instance, and the layout of its frames, from the header of its file,
 * which is read once; the pixel data are not read. Never fails: of a file that can't be reached or
 * understood it tells what could be read, and what the index knows.
 */
final class InstanceTextReader {
  private static final Logger LOG = LoggerFactory.getLogger(InstanceTextReader.class);
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_PIECES = 50_000;
  private static final byte[] UNKNOWN = {};

  private final Files files;
  private final TenantCharsets charsets;

  /** Opens the file of an instance, wherever it is; tells where each range of it comes from. */
  @FunctionalInterface
  interface Files {
    ByteSource open(InstanceObject instance, Consumer<String> from) throws IOException;
  }

  InstanceTextReader(Files files, TenantCharsets charsets) {
    this.files = files;
    this.charsets = charsets;
  }

  /**
   * @param baseUrl what bulk data URIs start with
   */
  InstanceText read(InstanceObject instance, String baseUrl) {
    return read(instance, baseUrl, _ -> {});
  }

  /**
   * @param baseUrl what bulk data URIs start with
   * @param from is told where each range of the file comes from
   */
  InstanceText read(InstanceObject instance, String baseUrl, Consumer<String> from) {
    try {
      return readFile(instance, baseUrl, from);
    } catch (DicomFormatException | EOFException | RuntimeException e) {
      warn("can't be understood", instance, e);
      return ofIndex(instance, baseUrl, true);
    } catch (IOException e) {
      warn("can't be reached", instance, e);
      return ofIndex(instance, baseUrl, false);
    }
  }

  private InstanceText readFile(InstanceObject instance, String baseUrl, Consumer<String> from)
      throws IOException {
    try (DicomInputStream in =
        DicomInputStream.of(new FewReads(files.open(instance, from)))
            .bulkDataThreshold(BulkDataPolicy.MAX_INLINE)
            .leaveInPlace(PixelFrames::isPixels)
            .charsetFallback(charsets.of(instance.tenant()))) {
      Attributes header = header(in, instance);
      byte[] layout = layout(in, header);
      return new InstanceText(json(instance, header, baseUrl), true, layout);
    }
  }

  private static InstanceText ofIndex(InstanceObject instance, String baseUrl, boolean lasting) {
    return new InstanceText(json(instance, IndexFields.only(instance), baseUrl), lasting, UNKNOWN);
  }

  /** What is too large to be remembered is found out by who needs it. */
  private static byte[] layout(DicomInputStream in, Attributes header) {
    try {
      PixelFrames frames = PixelFrames.of(header, in);
      if (frames.pieces() > MAX_PIECES) {
        return UNKNOWN;
      }
      byte[] layout = frames.toBytes();
      return layout.length <= FrameIndexBytes.MAX_LAYOUT ? layout : UNKNOWN;
    } catch (IOException | RuntimeException _) {
      return UNKNOWN;
    }
  }

  private static Attributes header(DicomInputStream in, InstanceObject instance)
      throws IOException {
    try {
      return in.readDataSet();
    } catch (DicomFormatException e) {
      warn("is damaged", instance, e);
      return IndexFields.complete(in.readSoFar(), instance);
    }
  }

  private static byte[] json(InstanceObject instance, Attributes header, String baseUrl) {
    header.setString(Tag.AvailableTransferSyntaxUID, VR.UI, instance.transferSyntax());
    SeriesKey series = new SeriesKey(instance.tenant(), instance.study(), instance.series());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = JSON.createGenerator(bytes)) {
      new DicomJsonWriter(generator, new BulkDataPolicy(baseUrl, series, instance.sop()))
          .writeDataSet(header);
    }
    return bytes.toByteArray();
  }

  private static void warn(String what, InstanceObject instance, Exception e) {
    LOG.warn(
        "The file of an instance {}: tenant={} study={} series={} sop={} reception={}: {}",
        what,
        instance.tenant(),
        instance.study(),
        instance.series(),
        instance.sop(),
        instance.receptionId(),
        e.toString());
  }
}
