#!/usr/bin/python3
"""Prints path, frame number and SHA-256 of each frame as pydicom finds them, for every file given
on standard input. Native frames in little endian byte order, encapsulated ones as codestreams."""
import hashlib
import sys

import numpy
import pydicom
from pydicom.encaps import generate_pixel_data_frame


def frames(ds):
    syntax = ds.file_meta.TransferSyntaxUID
    count = int(ds.get('NumberOfFrames', 1) or 1)
    if syntax.is_compressed and not syntax == pydicom.uid.DeflatedExplicitVRLittleEndian:
        yield from generate_pixel_data_frame(ds.PixelData, count)
        return
    data = ds.PixelData
    if not syntax.is_little_endian and ds['PixelData'].VR == 'OW':
        data = numpy.frombuffer(data, '>u2').astype('<u2').tobytes()
    samples = 2 if ds.PhotometricInterpretation == 'YBR_FULL_422' else ds.SamplesPerPixel
    bits = ds.Rows * ds.Columns * samples * ds.BitsAllocated
    if bits % 8:
        every = numpy.unpackbits(numpy.frombuffer(data, 'u1'), bitorder='little')
        for i in range(count):
            yield numpy.packbits(every[i * bits:(i + 1) * bits], bitorder='little').tobytes()
        return
    for i in range(count):
        yield data[i * bits // 8:(i + 1) * bits // 8]


for line in sys.stdin:
    path = line.rstrip('\n')
    try:
        ds = pydicom.dcmread(path)
        if 'PixelData' not in ds:
            continue
        for number, frame in enumerate(frames(ds), 1):
            print(path, number, hashlib.sha256(frame).hexdigest(), len(frame), sep='\t')
    except Exception as e:
        print(path, 0, type(e).__name__, 0, sep='\t')
