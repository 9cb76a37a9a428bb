package org.regionalpacs.wado.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.Element;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.json.BulkDataResolver;

/**
 * Makes one object of metadata and the bulk data that it refers to, which stays where it is. It
 * notes the references while the metadata is read, and settles them when all of it is known.
 */
final class ObjectAssembler implements BulkDataResolver {
  /** A value of an explicit VR has 32 bits for its length, and that is even (PS3.5 7.1). */
  private static final long LONGEST_VALUE = 0xFFFFFFFEL - 1;

  private final BulkParts bulk;
  private final ByteSource spool;
  private final long longest;
  private final List<Reference> references = new ArrayList<>();
  private Optional<RefusedObjectException> missing = Optional.empty();

  private record Reference(Attributes into, int tag, VR vr, List<BulkPart> parts) {}

  /**
   * An object.
   *
   * @param dataSet with places in the spool for bulk data
   * @param bytes of its bulk data
   */
  record Assembled(Attributes dataSet, String transferSyntax, long bytes) {}

  /**
   * @param longest most bytes of bulk data in the object
   */
  ObjectAssembler(BulkParts bulk, ByteSource spool, long longest) {
    this.bulk = bulk;
    this.spool = spool;
    this.longest = longest;
  }

  @Override
  public void resolve(Attributes into, int tag, VR vr, String uri) {
    List<BulkPart> parts = bulk.find(uri);
    if (parts.isEmpty()) {
      missing =
          Optional.of(
              new RefusedObjectException(
                  FailureReason.BULK_DATA,
                  Tag.toHex(tag) + " refers to bulk data that is not in the request"));
      return;
    }
    references.add(new Reference(into, tag, vr, parts));
    // Its place in the order, and so that a second element of the tag is noticed.
    into.setEmpty(tag, vr);
  }

  /**
   * Makes the object of the metadata that was read.
   *
   * @throws RefusedObjectException when metadata and bulk data don't fit together
   */
  Assembled assemble(Attributes dataSet) throws IOException {
    if (missing.isPresent()) {
      throw missing.get();
    }
    Optional<String> stated = statedSyntax(dataSet);
    String syntax = UID.ExplicitVRLittleEndian;
    List<PixelValue> nested = new ArrayList<>();
    long bytes = 0;
    for (Reference reference : references) {
      for (BulkPart part : reference.parts()) {
        bytes += part.place().length();
      }
      if (reference.tag() != Tag.PixelData) {
        plain(reference);
        continue;
      }
      int frames = reference.into().getInt(Tag.NumberOfFrames, 1);
      // An icon may be native in an object that is compressed (PS3.5 A.4).
      Optional<String> meant = reference.into() == dataSet ? stated : Optional.empty();
      PixelValue pixels = PixelValue.of(reference.parts(), meant, frames, spool);
      require(pixels.longest());
      pixels(reference, pixels);
      if (reference.into() == dataSet) {
        syntax = pixels.transferSyntax();
      } else {
        nested.add(pixels);
      }
    }
    if (bytes > longest) {
      throw new RefusedObjectException(
          FailureReason.TOO_LARGE, "the object is longer than " + longest + " bytes");
    }
    requireNative(dataSet, stated, syntax, nested);
    removeMeta(dataSet);
    return new Assembled(dataSet, syntax, bytes);
  }

  /** What metadata says of the encoding: in file meta information, or as WADO-RS has it. */
  private static Optional<String> statedSyntax(Attributes dataSet) {
    return dataSet
        .getString(Tag.TransferSyntaxUID)
        .or(() -> dataSet.getString(Tag.AvailableTransferSyntaxUID));
  }

  /** File meta information is written anew; the other is about a service, not of the object. */
  private static void removeMeta(Attributes dataSet) {
    List<Integer> meta = new ArrayList<>();
    for (Element element : dataSet) {
      if (Integer.compareUnsigned(element.tag(), 0x00080000) < 0) {
        meta.add(element.tag());
      }
    }
    meta.forEach(dataSet::remove);
    dataSet.remove(Tag.AvailableTransferSyntaxUID);
  }

  private static void plain(Reference reference) throws RefusedObjectException {
    if (reference.vr() == VR.SQ || reference.parts().size() > 1) {
      throw new RefusedObjectException(
          FailureReason.BULK_DATA,
          Tag.toHex(reference.tag())
              + (reference.vr() == VR.SQ
                  ? " is a sequence, which no bulk data can be"
                  : " refers to several parts"));
    }
    BulkPart part = reference.parts().getFirst();
    if (part.transferSyntax().filter(UID.ExplicitVRBigEndian::equals).isPresent()) {
      throw new RefusedObjectException(
          FailureReason.TRANSFER_SYNTAX, "bulk data is big endian, which is not for the web");
    }
    require(part.place().length());
    reference.into().set(reference.tag(), reference.vr(), part.place());
  }

  private static void pixels(Reference reference, PixelValue pixels) throws IOException {
    Attributes into = reference.into();
    switch (pixels.value()) {
      case Fragments fragments -> into.set(Tag.PixelData, VR.OB, fragments);
      case BulkData place ->
          into.set(Tag.PixelData, reference.vr() == VR.OB ? VR.OB : VR.OW, place);
      default -> throw new IllegalStateException("neither fragments nor a place");
    }
    pixels.description().ifPresent(description -> description.complete(into));
  }

  private static void require(long length) throws RefusedObjectException {
    if (length > LONGEST_VALUE) {
      throw new RefusedObjectException(
          FailureReason.TOO_LARGE, "a value, or a frame, is longer than 4 GB");
    }
  }

  /** Compressed pixel data must come as bulk data (PS3.18 F.2.7), and all of it in one syntax. */
  private static void requireNative(
      Attributes dataSet, Optional<String> stated, String syntax, List<PixelValue> nested)
      throws RefusedObjectException {
    boolean inline = dataSet.getBytes(Tag.PixelData).filter(bytes -> bytes.length > 0).isPresent();
    boolean compressed = stated.filter(PixelValue::encapsulated).isPresent();
    if (inline && compressed) {
      throw new RefusedObjectException(
          FailureReason.TRANSFER_SYNTAX,
          "compressed pixel data stands inline, and must be bulk data");
    }
    for (PixelValue icon : nested) {
      if (icon.compressed() && !icon.transferSyntax().equals(syntax)) {
        throw new RefusedObjectException(
            FailureReason.TRANSFER_SYNTAX,
            "pixel data of an item is of another transfer syntax than the object");
      }
    }
  }
}
