package org.regionalpacs.dicom.io;

import java.io.EOFException;
import java.io.IOException;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.ByteOrder;
import org.regionalpacs.dicom.data.ElementDictionary;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.ReadWarning.Kind;

/** Reads the value of an element whose head has been read, or leaves it where it is. */
final class ValueReader {
  private final Input in;
  private final ElementHead head;
  private final ParseLimits limits;
  private final Attributes top;

  ValueReader(Input in, ElementHead head, ParseLimits limits, Attributes top) {
    this.in = in;
    this.head = head;
    this.limits = limits;
    this.top = top;
  }

  void value(Attributes into, boolean keep) throws IOException {
    try {
      VR vr = head.vr();
      boolean leave = into == top && limits.leave().test(head.tag());
      // Values in another byte order than the data set's can't stay where they are.
      boolean swap = head.isBigEndian() != top.isBigEndian() && vr.unit() > 1;
      if (!keep || !swap && (leave || head.length() > limits.bulkDataThreshold())) {
        BulkData place = new BulkData(in.position(), head.length());
        in.skip(place.length());
        if (keep) {
          into.set(head.tag(), vr, place);
        }
        return;
      }
      if (head.length() > ParseLimits.LONGEST) {
        throw head.brokenElement("has " + head.length() + " bytes, which can't be kept in memory");
      }
      byte[] bytes = in.read((int) head.length());
      if (swap) {
        ByteOrder.swap(bytes, 0, bytes.length, vr.unit());
      }
      into.set(head.tag(), vr == VR.US ? usOrSs(into) : vr, bytes);
      checkText(into, bytes);
    } catch (EOFException e) {
      throw head.tooLong("");
    }
  }

  /** PS3.5 A.1: without explicit VRs, Pixel Representation decides between US and SS. */
  private VR usOrSs(Attributes into) {
    if (head.isExplicit()
        || ElementDictionary.find(head.tag()).filter(e -> e.vrs().contains(VR.SS)).isEmpty()) {
      return VR.US;
    }
    int representation =
        into.getInt(Tag.PixelRepresentation, top.getInt(Tag.PixelRepresentation, 0));
    return representation == 1 ? VR.SS : VR.US;
  }

  private void checkText(Attributes into, byte[] bytes) throws DicomFormatException {
    if (head.tag() == Tag.SpecificCharacterSet) {
      var problem = into.characterSet().problem();
      if (problem.isPresent()) {
        head.warn(Kind.UNKNOWN_CHARSET, problem.get());
      }
    } else if (head.vr().kind() == VR.Kind.TEXT && !into.characterSet().fits(bytes, head.vr())) {
      head.warn(
          Kind.TEXT_OUTSIDE_CHARSET, "has text that isn't in the declared " + into.characterSet());
    }
  }

  void fragments(Attributes into, boolean keep) throws IOException {
    Fragments fragments = new Fragments();
    if (keep) {
      into.set(head.tag(), head.vr(), fragments);
    }
    while (true) {
      if (in.peek(8) < 8) {
        head.warnHere(Kind.MISSING_DELIMITER, "encapsulated pixel data ends without its delimiter");
        return;
      }
      head.next();
      if (head.tag() == Tag.SequenceDelimitationItem) {
        return;
      }
      if (head.tag() != Tag.Item || head.isUndefinedLength()) {
        throw head.brokenElement("stands where a fragment should begin");
      }
      fragment(fragments, keep);
    }
  }

  private void fragment(Fragments fragments, boolean keep) throws IOException {
    try {
      if (!keep) {
        in.skip(head.length());
      } else if (limits.fragmentsToo() || head.length() > limits.bulkDataThreshold()) {
        BulkData place = new BulkData(in.position(), head.length());
        in.skip(head.length());
        fragments.add(place);
      } else {
        fragments.add(in.read((int) head.length()));
      }
    } catch (EOFException e) {
      throw head.tooLong("(a fragment) ");
    }
  }
}
