"""Shows the first and the last frame of files with pydicom and numpy, as PS3.3 C.11 says.

Reads paths from standard input; writes NUMBER-FRAME.raw (8 bits a channel, RGB) into the folder given, and prints
NUMBER, frame, columns, rows and channels of each. What pydicom can't show is passed over.
"""
import sys, warnings
import numpy as np
import pydicom
from pydicom.dataset import Dataset
from pydicom.pixel_data_handlers.util import (
    apply_color_lut, apply_modality_lut, apply_voi, apply_windowing, convert_color_space)

warnings.simplefilter("ignore")


def effective(ds, index):
    """The attributes of a frame, wherever they are."""
    flat = Dataset()
    for keyword in ("PhotometricInterpretation", "BitsStored", "BitsAllocated", "PixelRepresentation",
                    "RescaleSlope", "RescaleIntercept", "RescaleType", "ModalityLUTSequence", "WindowCenter", "WindowWidth",
                    "VOILUTFunction", "VOILUTSequence"):
        if keyword in ds:
            flat[keyword] = ds[keyword]
    groups = list(ds.get("SharedFunctionalGroupsSequence", []))
    own = ds.get("PerFrameFunctionalGroupsSequence", [])
    if index < len(own):
        groups.append(own[index])
    for macro in ("PixelValueTransformationSequence", "FrameVOILUTSequence"):
        for group in groups:
            for item in group.get(macro, []):
                for element in item:
                    flat[element.keyword] = element
    return flat


def stored(ds, frame):
    """Without bits that don't count."""
    bits = ds.BitsStored
    if bits < ds.BitsAllocated and ds.BitsAllocated <= 32:
        wide = frame.astype(np.int64) >> (ds.HighBit + 1 - bits)
        wide &= (1 << bits) - 1
        if ds.PixelRepresentation == 1:
            wide -= (wide >> (bits - 1)) << bits
        return wide.astype(frame.dtype)
    return frame


def window_fraction(values, flat):
    if "ModalityLUTSequence" in flat:
        least, greatest = 0, 2 ** flat.ModalityLUTSequence[0].LUTDescriptor[2] - 1
    elif flat.PixelRepresentation == 0:
        least, greatest = 0, 2 ** flat.BitsStored - 1
    else:
        least, greatest = -(2 ** (flat.BitsStored - 1)), 2 ** (flat.BitsStored - 1) - 1
    slope, intercept = float(flat.get("RescaleSlope", 1)), float(flat.get("RescaleIntercept", 0))
    least, greatest = least * slope + intercept, greatest * slope + intercept
    return (apply_windowing(values, flat) - least) / (greatest - least)


def grey(ds, frame, index):
    flat = effective(ds, index)
    frame = stored(ds, frame)
    padding = np.zeros(frame.shape, bool)
    if "PixelPaddingValue" in ds:
        one = ds.PixelPaddingValue
        other = ds.get("PixelPaddingRangeLimit", one)
        padding = (frame >= min(one, other)) & (frame <= max(one, other))
    values = apply_modality_lut(frame, flat)
    if "VOILUTSequence" in flat:
        fraction = apply_voi(values.astype(np.int64), flat) / (2.0 ** flat.VOILUTSequence[0].LUTDescriptor[2] - 1)
    elif "WindowWidth" in flat:
        fraction = window_fraction(values, flat)
    elif ds.BitsStored == 1:
        fraction = values.astype(float)
    else:
        shown = values[~padding].astype(float)
        spread = shown.max() - shown.min()
        fraction = (values - shown.min()) / spread if spread else np.zeros(values.shape)
    if ds.PhotometricInterpretation == "MONOCHROME1" or ds.get("PresentationLUTShape") == "INVERSE":
        fraction = 1 - fraction
    fraction = np.where(padding, 0, np.clip(fraction, 0, 1))
    return np.floor(255 * fraction + 0.5).astype(np.uint8)


def color(ds, frame):
    if ds.PhotometricInterpretation == "PALETTE COLOR":
        entries = apply_color_lut(frame, ds)
        return (entries >> 8 if entries.max() > 255 else entries).astype(np.uint8)
    if ds.PhotometricInterpretation.startswith("YBR_FULL"):
        return convert_color_space(frame, ds.PhotometricInterpretation, "RGB")
    return (frame >> (ds.BitsStored - 8)).astype(np.uint8)


def show(number, path, folder):
    ds = pydicom.dcmread(path)
    pixels = ds.pixel_array
    count = int(ds.get("NumberOfFrames", 1) or 1)
    for index in sorted({0, count - 1}):
        frame = pixels[index] if count > 1 else pixels
        if ds.PhotometricInterpretation.startswith("MONOCHROME"):
            picture = grey(ds, frame, index)
        else:
            picture = color(ds, frame)
        picture.tofile(f"{folder}/{number}-{index + 1}.raw")
        channels = picture.shape[2] if picture.ndim == 3 else 1
        print(number, index + 1, picture.shape[1], picture.shape[0], channels, sep="\t", flush=True)


for number, line in enumerate(sys.stdin):
    try:
        show(number, line.rstrip("\n"), sys.argv[1])
    except Exception as failure:
        print(f"{line.strip()}: {failure!r}", file=sys.stderr)
