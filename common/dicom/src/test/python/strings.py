#!/usr/bin/python3
"""Prints path, tag and value of every PN and LO element as pydicom decodes it, for every file given
on standard input; the path of elements in items has the sequences' tags and item numbers."""
import sys
import warnings

import pydicom

warnings.simplefilter('ignore')


def texts(ds, path):
    for element in ds:
        tag = path + '%08X' % element.tag
        if element.VR == 'SQ':
            for number, item in enumerate(element.value, 1):
                yield from texts(item, '%s/%d/' % (tag, number))
        elif element.VR in ('PN', 'LO') and element.value:
            values = element.value if element.VM > 1 else [element.value]
            yield tag, '\\'.join(str(value) for value in values)


for line in sys.stdin:
    path = line.rstrip('\n')
    try:
        data_set = pydicom.dcmread(path, force=True)
        data_set.decode()
        for tag, text in texts(data_set, ''):
            print(path, tag, text.encode('unicode_escape').decode(), sep='\t')
    except Exception as e:
        print(path, 'FAILED', type(e).__name__, sep='\t', file=sys.stderr)
