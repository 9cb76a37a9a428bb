package org.regionalpacs.metadata;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomFormatException;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.json.DicomJsonWriter;
import org.regionalpacs.index.InstanceObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/**
 * Makes the JSON object of an instance from the header of its file; the pixel data are not read.
 * Never fails: of a file that can't be reached or understood it tells what could be read, and what
 * the index knows.
 */
final class InstanceTextReader {
  private static final Logger LOG = LoggerFactory.getLogger(InstanceTextReader.class);
  private static final JsonFactory JSON = new JsonFactory();

  private final Files files;
  private final String baseUrl;

  /** Opens the file of an instance, wherever it is. */
  @FunctionalInterface
  interface Files {
    ByteSource open(InstanceObject instance) throws IOException;
  }

  /**
   * @param baseUrl what bulk data URIs start with
   */
  InstanceTextReader(Files files, String baseUrl) {
    this.files = files;
    this.baseUrl = baseUrl;
  }

  InstanceText read(InstanceObject instance) {
    try {
      return readFile(instance);
    } catch (DicomFormatException | EOFException | RuntimeException e) {
      warn("can't be understood", instance, e);
      return new InstanceText(json(instance, IndexFields.only(instance)), true);
    } catch (IOException e) {
      warn("can't be reached", instance, e);
      return new InstanceText(json(instance, IndexFields.only(instance)), false);
    }
  }

  private InstanceText readFile(InstanceObject instance) throws IOException {
    try (DicomInputStream in =
        DicomInputStream.of(files.open(instance)).bulkDataThreshold(BulkDataPolicy.MAX_INLINE)) {
      return new InstanceText(json(instance, header(in, instance)), true);
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

  private byte[] json(InstanceObject instance, Attributes header) {
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
