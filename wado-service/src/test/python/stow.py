"""What pydicom makes of objects, as an oracle for STOW-RS with metadata and bulk data.

split FOLDER FILE...    writes FOLDER/N/metadata.json and bulk data beside it, listed in bulk.txt as
                        "Content-Location <tab> media type <tab> file", one folder a file
compare ORIGINAL STORED prints every element whose value differs, and nothing when none does
"""

import json
import os
import sys
import warnings

import pydicom
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
)

NATIVE = (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
)

warnings.simplefilter("ignore")


def read(path):
    dataset = pydicom.dcmread(path)
    big = dataset.file_meta.TransferSyntaxUID == ExplicitVRBigEndian
    # In big endian pydicom takes bytes of unknown values for what they aren't.
    pydicom.config.replace_un_with_known_vr = not big
    return dataset, big


def swap(value):
    return b"".join(value[i : i + 2][::-1] for i in range(0, len(value), 2))


def split(folder, files):
    for number, path in enumerate(files):
        target = os.path.join(folder, str(number))
        os.makedirs(target)
        dataset, big = read(path)
        bulk = []

        def keep(element):
            name = f"{len(bulk)}.bin"
            with open(os.path.join(target, name), "wb") as out:
                swapped = big and element.VR == "OW"
                out.write(swap(element.value) if swapped else element.value)
            syntax = dataset.file_meta.TransferSyntaxUID
            media = "application/octet-stream"
            if element.value[:4] == b"\xfe\xff\x00\xe0" and syntax not in NATIVE:
                media += f"; transfer-syntax={syntax}"
            bulk.append(f"bulk/{name}\t{media}\t{name}")
            return f"bulk/{name}"

        document = dataset.to_json_dict(512, keep)
        with open(os.path.join(target, "metadata.json"), "w") as out:
            json.dump([document], out)
        with open(os.path.join(target, "bulk.txt"), "w") as out:
            out.write("\n".join(bulk))


def fragments(value):
    """The items of encapsulated pixel data behind the offset table, joined (PS3.5 A.4)."""
    at, joined = 0, []
    while value[at : at + 4] == b"\xfe\xff\x00\xe0":
        length = int.from_bytes(value[at + 4 : at + 8], "little")
        joined.append(value[at + 8 : at + 8 + length])
        at += 8 + length
    return b"".join(joined[1:]).rstrip(b"\0")


def pixels(dataset):
    element = dataset[0x7FE00010]
    if dataset.file_meta.TransferSyntaxUID not in NATIVE:
        if element.value[:4] == b"\xfe\xff\x00\xe0":
            return fragments(element.value)
    return element.value.rstrip(b"\0")


def plain(value):
    if isinstance(value, bytes):
        return value.rstrip(b"\0 ")
    if isinstance(value, (pydicom.multival.MultiValue, list, tuple)):
        return [plain(each) for each in value]
    if value is None or value == "":
        return None
    if isinstance(value, (int, float)):
        return float(f"{float(value):.9g}")
    return str(value).rstrip().rstrip("^=") or None


def compare(path, original, stored, little, differences):
    tags = {t for d in (original, stored) for t in d.keys() if t.element != 0 and t.group > 2}
    for tag in sorted(tags):
        name = f"{path}{tag}"
        if tag == 0x00080005:
            continue
        if tag not in stored or tag not in original:
            differences.append(f"{name} only in {'original' if tag in original else 'stored'}")
            continue
        before, after = original[tag], stored[tag]
        if before.VR == "SQ":
            if len(before.value) != len(after.value):
                differences.append(f"{name} has another number of items")
                continue
            for number, (a, b) in enumerate(zip(before.value, after.value)):
                compare(f"{name}/{number}/", a, b, little, differences)
        elif tag == 0x7FE00010 and path == "":
            a, b = pixels(original), pixels(stored)
            if not little and before.VR == "OW":
                a = swap(before.value).rstrip(b"\0")
            if a != b:
                differences.append(f"{name} has other pixels")
        elif not little and before.VR in ("OW", "OF", "OD", "OL"):
            if len(before.value) != len(after.value):
                differences.append(f"{name} has another length")
        elif plain(before.value) != plain(after.value):
            differences.append(f"{name} {before.VR} {after.VR} differs")


if __name__ == "__main__":
    if sys.argv[1] == "split":
        split(sys.argv[2], sys.argv[3:])
    else:
        for pair in zip(sys.argv[2::2], sys.argv[3::2]):
            second = pydicom.dcmread(pair[1])
            first, big = read(pair[0])
            found = []
            compare("", first, second, not big, found)
            for line in found:
                print(os.path.basename(pair[0]), line)
