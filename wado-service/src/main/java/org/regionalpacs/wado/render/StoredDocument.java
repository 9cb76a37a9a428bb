package org.regionalpacs.wado.render;

import java.io.IOException;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.BulkDataReader;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.wado.retrieve.ByteRanges;
import org.regionalpacs.wado.web.NotFoundException;

/** Documents and videos that are encapsulated in objects, without what DICOM wraps around them. */
final class StoredDocument {
  private StoredDocument() {}

  /** The bytes of the document or of the video, straight from the file. */
  static ByteRanges.Bytes of(StoredContent content, ByteSource object) throws IOException {
    boolean video = content == StoredContent.MPEG_2 || content == StoredContent.MPEG_4;
    int tag = video ? Tag.PixelData : Tag.EncapsulatedDocument;
    BulkDataReader value =
        BulkDataReader.find(object, Tag.toHex(tag))
            .orElseThrow(() -> new NotFoundException("The instance holds no such content."));
    long length = video ? value.length() : documentLength(object, value.length());
    return new ByteRanges.Bytes(length, value::copy);
  }

  /** Without the byte that makes the value's length even (PS3.3 C.24.2). */
  private static long documentLength(ByteSource object, long there) throws IOException {
    try (DicomInputStream in = DicomInputStream.of(object)) {
      in.bulkDataThreshold(1024).keepOnly(tag -> tag == Tag.EncapsulatedDocumentLength);
      Attributes header = in.readDataSetUntil(Tag.EncapsulatedDocumentLength + 1);
      long said = header.getLong(Tag.EncapsulatedDocumentLength, there);
      return said > there || said < there - 1 ? there : said;
    }
  }
}
