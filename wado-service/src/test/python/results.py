"""Compares search results with objects, both as pydicom reads them.

Arguments: a JSON file of results, and the objects. Prints a line a difference, then what was compared.
"""
import json
import sys

import pydicom

COMPUTED = {0x00080005, 0x00080056, 0x00080061, 0x00080062, 0x00083002, 0x00081190, 0x00201206, 0x00201208, 0x00201209}

results, files = sys.argv[1], sys.argv[2:]
objects = {str(o.SOPInstanceUID): o for o in map(pydicom.dcmread, files)}
compared = 0
for one in json.load(open(results, encoding="utf-8")):
    result = pydicom.Dataset.from_json(one)
    source = next(
        o for o in objects.values()
        if all(o.get(k) == result.get(k) for k in ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID") if k in result))
    for element in result:
        if int(element.tag) in COMPUTED:
            continue
        compared += 1
        expected = source.get(element.tag)
        if expected is None:
            if not element.is_empty:
                print("not in the object:", element)
        elif element.VR == "SQ":
            if [i.to_json_dict() for i in element.value] != [i.to_json_dict() for i in expected.value]:
                print("differs:", element, expected)
        elif str(element.value) != str(expected.value) and not (element.is_empty and expected.is_empty):
            print("differs:", element, expected)
print("compared", compared)
