package org.regionalpacs.webworker.reindex;

import java.io.EOFException;
import java.io.IOException;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.io.DicomFormatException;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.security.TenantCharsets;
import org.regionalpacs.storage.ObjectMissingException;
import org.regionalpacs.storage.StoredObjects;

/** Reads the header of a stored object, online or in the archive, as the indexer does. */
final class StoredHeader {
  /** Nothing that is indexed comes behind the pixels, which begin here (Float Pixel Data). */
  private static final int PIXELS = 0x7FE00008;

  private static final int LONGEST_VALUE = 16 * 1024;

  private final StoredObjects objects;
  private final TenantCharsets charsets;

  StoredHeader(StoredObjects objects, TenantCharsets charsets) {
    this.objects = objects;
    this.charsets = charsets;
  }

  /** What came of reading. */
  sealed interface Outcome {}

  /** The header, perhaps only to where the object is damaged. */
  record Found(Attributes header) implements Outcome {}

  /**
   * There is none.
   *
   * @param lasting whether it is no use to try again
   */
  record Unreadable(String reason, boolean lasting) implements Outcome {}

  Outcome read(InstanceObject object) {
    try (DicomInputStream in =
        DicomInputStream.of(objects.open(object))
            .bulkDataThreshold(LONGEST_VALUE)
            .charsetFallback(charsets.of(object.tenant()))) {
      return new Found(header(in));
    } catch (ObjectMissingException e) {
      return new Unreadable("the object is neither online nor in the archive", true);
    } catch (DicomFormatException | EOFException | RuntimeException e) {
      return new Unreadable("the object can't be understood", true);
    } catch (IOException e) {
      return new Unreadable("the object can't be reached now; it is tried again", false);
    }
  }

  private static Attributes header(DicomInputStream in) throws IOException {
    try {
      return in.readDataSetUntil(PIXELS);
    } catch (DicomFormatException | RuntimeException e) {
      return in.readSoFar();
    }
  }
}
