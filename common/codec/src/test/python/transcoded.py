"""Compares headers of objects with those of what they were transcoded to.

Reads lines "original TAB transcoded" and prints a line for each attribute that isn't the same and
isn't one that a transfer syntax decides, and at last the number of pairs compared.
"""
import sys
import warnings

import pydicom

warnings.simplefilter("ignore")
pydicom.config.replace_un_with_known_vr = False
DECIDED = {
    0x00280004,  # Photometric Interpretation
    0x00280006,  # Planar Configuration
    0x00280100, 0x00280101, 0x00280102,  # bits
    0x7FE00001, 0x7FE00002, 0x7FE00010,  # pixel data and its offset tables
    0xFFFAFFFA, 0x4FFE0001,  # digital signatures
}
# Said of what was DCT before and didn't say so.
LOSS = {0x00282110, 0x00282112, 0x00282114}
WORDS = {"OW": 2, "OF": 4, "OL": 4, "OD": 8, "OV": 8}


def swapped(value, unit):
    end = len(value) - len(value) % unit
    out = bytearray(value)
    for i in range(unit):
        out[i:end:unit] = value[unit - 1 - i:end:unit]
    return bytes(out)


def plain(element, big):
    value = element.value
    if value in (None, "", b"", []):
        return b""
    if isinstance(value, bytes):
        return (swapped(value, WORDS[element.VR]) if big and element.VR in WORDS else value).rstrip(b"\0 ")
    return str(value).rstrip("\0 ")


def compare(a, b, big, path, out):
    for tag in sorted(set(a.keys()) | set(b.keys())):
        if tag.element == 0 or tag in DECIDED:
            continue
        name = path + "%08X" % tag
        if tag in LOSS and tag not in a and path == "":
            continue
        if tag not in a or tag not in b:
            out.append(name + " is only in the " + ("original" if tag in a else "transcoded"))
            continue
        try:
            x, y = a[tag], b[tag]
        except Exception:
            continue  # what pydicom can't convert; common/dicom compares such values with DCMTK
        if x.VR == "SQ" and y.VR == "SQ":
            if len(x.value) != len(y.value):
                out.append(name + " items")
            for i, (m, n) in enumerate(zip(x.value, y.value)):
                compare(m, n, big, "%s/%d/" % (name, i + 1), out)
        elif plain(x, big) != plain(y, False) and "UN" not in (x.VR, y.VR):
            if x.VR in ("US", "SS") and y.VR == "OW" and not big:
                continue  # in Implicit VR nobody knows which
            out.append("%s %s %.60r became %s %.60r" % (name, x.VR, x.value, y.VR, y.value))


def main():
    compared = 0
    for line in sys.stdin:
        original, transcoded = line.rstrip("\n").split("\t")
        differences = []
        try:
            a = pydicom.dcmread(original, force=True)
            str(a.keys())
        except Exception:
            continue
        try:
            b = pydicom.dcmread(transcoded)
            compare(a, b, not a.is_little_endian, "", differences)
        except Exception as e:
            differences.append("pydicom: %r" % e)
        for each in differences:
            print(original, transcoded.rsplit("/", 1)[-1], each, sep="\t")
        compared += 1
    print(compared)


main()
