package org.regionalpacs.wado.metadata;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.regionalpacs.metadata.SeriesMetadataDocument;
import org.regionalpacs.metadata.SeriesMetadataService;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.stereotype.Component;

/** The metadata of a study, composed of its series' documents. */
@Component
class StudyMetadata {
  private final SeriesMetadataService series;

  StudyMetadata(SeriesMetadataService series) {
    this.series = series;
  }

  /** The documents of a study's series, in the order of their numbers; none without a study. */
  List<SeriesMetadataDocument> documents(TenantScope scope, String study) throws IOException {
    return series.openAll(scope.tenant(), study, scope.baseUrl());
  }

  /** An entity tag made of those of the series. */
  static String etag(List<SeriesMetadataDocument> documents, boolean gzip) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (SeriesMetadataDocument document : documents) {
        digest.update(document.etag().getBytes(StandardCharsets.UTF_8));
      }
      String hex = HexFormat.of().formatHex(digest.digest(), 0, 16);
      return "\"" + hex + (gzip ? "-gzip\"" : "\"");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the array of all instances. */
  static void write(List<SeriesMetadataDocument> documents, boolean gzip, OutputStream out)
      throws IOException {
    if (!gzip) {
      writeArray(documents, out);
      return;
    }
    GZIPOutputStream zipped = new FastGzip(out);
    writeArray(documents, zipped);
    zipped.finish();
  }

  private static void writeArray(List<SeriesMetadataDocument> documents, OutputStream out)
      throws IOException {
    out.write('[');
    boolean first = true;
    for (SeriesMetadataDocument document : documents) {
      CommaFirst elements = new CommaFirst(out, !first);
      first &= !document.writeElementsTo(elements);
    }
    out.write(']');
  }

  /** Compresses little and fast: it is made for one reader. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 64 * 1024);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /** Puts a comma before the first byte, if there is one. */
  private static final class CommaFirst extends FilterOutputStream {
    private boolean wanted;

    CommaFirst(OutputStream out, boolean wanted) {
      super(out);
      this.wanted = wanted;
    }

    @Override
    public void write(int b) throws IOException {
      comma();
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > 0) {
        comma();
        out.write(bytes, offset, length);
      }
    }

    private void comma() throws IOException {
      if (wanted) {
        out.write(',');
        wanted = false;
      }
    }
  }
}
