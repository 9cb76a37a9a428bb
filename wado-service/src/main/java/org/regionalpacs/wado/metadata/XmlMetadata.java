package org.regionalpacs.wado.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.json.DicomJsonReader;
import org.regionalpacs.dicom.xml.NativeModelWriter;
import org.regionalpacs.wado.web.BodySource;

/**
 * Metadata as parts, each a document of the Native DICOM Model (PS3.18 8.7.3.2, PS3.19 A.1), made
 * of the kept JSON while it is sent: one instance of it is in memory at a time.
 */
final class XmlMetadata implements BodySource {
  private static final String PART_TYPE = MetadataFormat.DICOM_XML.mediaType();

  /** Marks a value that stands by reference. */
  private static final BulkData ELSEWHERE = new BulkData(0, Long.MAX_VALUE);

  private final List<Json> documents;
  private final String boundary = "pacs-" + UID.generate();

  /** URIs of one instance: both models have them in the order of tags. */
  private final Queue<String> uris = new ArrayDeque<>();

  private final DicomJsonReader reader = new DicomJsonReader(this::keepUri);
  private final NativeModelWriter writer = new NativeModelWriter(this::uri);

  /** Opens an object, or an array of objects, of PS3.18 Annex F. */
  @FunctionalInterface
  interface Json {
    InputStream open() throws IOException;
  }

  XmlMetadata(List<Json> documents) {
    this.documents = documents;
  }

  /** The entity tag of this form of what has another one as JSON. */
  static String etag(String json) {
    return json.substring(0, json.length() - 1) + "-xml\"";
  }

  String contentType() {
    return "multipart/related; type=\"" + PART_TYPE + "\"; boundary=" + boundary;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    for (Json document : documents) {
      try (InputStream in = document.open()) {
        reader.readAll(in, instance -> writePart(instance, out));
      }
    }
    ascii("--" + boundary + "--\r\n", out);
  }

  private void writePart(Attributes instance, OutputStream out) throws IOException {
    ascii("--" + boundary + "\r\nContent-Type: " + PART_TYPE + "\r\n\r\n", out);
    writer.write(instance, out);
    ascii("\r\n", out);
    uris.clear();
  }

  private void keepUri(Attributes into, int tag, VR vr, String uri) {
    into.set(tag, vr, ELSEWHERE);
    uris.add(uri);
  }

  private Optional<String> uri(String path, VR vr, long length) {
    return length == ELSEWHERE.length() ? Optional.ofNullable(uris.poll()) : Optional.empty();
  }

  private static void ascii(String text, OutputStream out) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
