"""Compares objects with what they were rewritten to.

Reads lines "original TAB rewritten" and prints a line for each difference, with the path of the
original, and at last the number of pairs compared. What pydicom itself can't read of the original
is left out; what was rewritten must be readable.
"""
import math
import sys
import warnings

import pydicom
from pydicom import encaps

warnings.simplefilter("ignore")
# A UN value keeps its bytes, in big endian too (PS3.5 6.2.2); pydicom would swap them.
pydicom.config.replace_un_with_known_vr = False
WORDS = {"OW": 2, "OF": 4, "OL": 4, "OD": 8, "OV": 8}


EMPTY = (None, "", b"", [])


def swapped(value, unit):
    end = len(value) - len(value) % unit
    out = bytearray(value)
    for i in range(unit):
        out[i:end:unit] = value[unit - 1 - i:end:unit]
    return bytes(out)


def plain(element, big):
    """The value as bytes without filling, whatever its VR; None for sequences."""
    value = element.value
    if isinstance(value, bytes):
        if big and element.VR in WORDS:
            value = swapped(value, WORDS[element.VR])
        return value.rstrip(b"\0 ")
    return None


def text(value):
    return str(value).rstrip("\0 ")


def same(a, b, big):
    if a.value in EMPTY and b.value in EMPTY:
        return True  # Implicit VR has no place for the VR of an empty private value.
    if a.VR == "SQ" or b.VR == "SQ":
        return None if a.VR == b.VR else False
    x, y = plain(a, big), plain(b, False)
    if x is not None and y is not None:
        return x == y
    if x is None and y is None:
        if isinstance(a.value, float) and math.isnan(a.value):
            return isinstance(b.value, float) and math.isnan(b.value)
        return a.value == b.value or text(a.value) == text(b.value)
    if a.VR in ("US", "SS") and b.VR == "OW":
        numbers = a.value if a.VM > 1 else [a.value]
        return b"".join(n.to_bytes(2, "little", signed=n < 0) for n in numbers) == b.value
    # One side knows the VR and the other calls it UN.
    return a.VR == "UN" or b.VR == "UN"


def fragments(dataset):
    """The codestreams: what is in the fragments, without the filling at the end of each."""
    parts = encaps.generate_pixel_data_fragment
    fp = pydicom.filebase.DicomBytesIO(dataset.PixelData)
    fp.is_little_endian = True
    encaps.get_frame_offsets(fp)
    return b"".join(part for part in parts(fp))


def frames(dataset):
    count = int(dataset.get("NumberOfFrames", None) or 1)
    if "ExtendedOffsetTable" in dataset:
        import struct
        starts = struct.unpack("<%dQ" % (len(dataset.ExtendedOffsetTable) // 8),
                               dataset.ExtendedOffsetTable)
        sizes = struct.unpack("<%dQ" % len(starts), dataset.ExtendedOffsetTableLengths)
        # Behind the item of the empty Basic Offset Table; each frame behind its item's head.
        return [dataset.PixelData[8 + s + 8:8 + s + 8 + n] for s, n in zip(starts, sizes)]
    return [b"".join(f) for f in encaps.generate_pixel_data(dataset.PixelData, count)]


def compare(a, b, big, path, out):
    for tag in sorted(set(a.keys()) | set(b.keys())):
        if tag.element == 0 or tag in (0x7FE00001, 0x7FE00002):
            continue  # group lengths and offset tables are the writer's
        name = path + "%08X" % tag
        if tag not in a or tag not in b:
            out.append(name + " is only in the " + ("original" if tag in a else "rewritten"))
            continue
        try:
            x, y = a[tag], b[tag]
        except Exception:
            continue  # values that pydicom can't convert; DCMTK's comparison has them
        if tag == 0x7FE00010 and getattr(x, "is_undefined_length", False):
            if fragments(a) != fragments(b):
                out.append(name + " fragments")
            continue
        verdict = same(x, y, big)
        if verdict is False:
            out.append("%s %s %.60r became %s %.60r" % (name, x.VR, x.value, y.VR, y.value))
        elif verdict is None:
            if len(x.value) != len(y.value):
                out.append(name + " items")
            for i, (m, n) in enumerate(zip(x.value, y.value)):
                compare(m, n, big, "%s/%d/" % (name, i + 1), out)


def main():
    compared = 0
    originals = {}
    for line in sys.stdin:
        original, rewritten = line.rstrip("\n").split("\t")
        try:
            if original not in originals:
                originals.clear()
                originals[original] = pydicom.dcmread(original, force=True)
                str(originals[original].keys())
            a = originals[original]
        except Exception:
            continue
        differences = []
        try:
            b = pydicom.dcmread(rewritten)
            compare(a, b, not a.is_little_endian, "", differences)
            encapsulated = "PixelData" in b and b["PixelData"].is_undefined_length
            if "offsets" in rewritten and encapsulated:
                # A video is one codestream (PS3.5 8.2.5).
                video = int(b.file_meta.TransferSyntaxUID.split(".")[-1]) in range(100, 109)
                expected = 1 if video else int(a.get("NumberOfFrames", None) or 1)
                found = len(frames(b))
                if found != expected:
                    differences.append("%d frames, %d expected" % (found, expected))
        except Exception as e:
            differences.append("pydicom: %r" % e)
        for each in differences:
            print(original, rewritten.rsplit("/", 1)[-1], each, sep="\t")
        compared += 1
    print(compared)


main()
