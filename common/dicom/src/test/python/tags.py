#!/usr/bin/python3
"""Prints path and top-level tags (without file meta and group lengths) of every file given on standard
input as pydicom reads it, or nothing for files that it refuses."""
import sys
import warnings

import pydicom

warnings.simplefilter('ignore')
for line in sys.stdin:
    path = line.rstrip('\n')
    try:
        tags = [element.tag for element in pydicom.dcmread(path, force=True)]
    except Exception:
        continue
    kept = [f'{tag:08X}' for tag in tags if tag.group != 2 and tag.element != 0]
    if kept:
        print(path, ' '.join(kept), sep='\t')
