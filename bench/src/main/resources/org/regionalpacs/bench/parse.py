"""Reads the files named on standard input, over and over; one line a pass: files a second.

Arguments: header or full, number of passes."""
import sys
import time

import pydicom

header, passes = sys.argv[1] == 'header', int(sys.argv[2])
files = sys.stdin.read().splitlines()
for _ in range(passes):
    start = time.perf_counter()
    for file in files:
        pydicom.dcmread(file, stop_before_pixels=header)
    print(len(files) / (time.perf_counter() - start))
