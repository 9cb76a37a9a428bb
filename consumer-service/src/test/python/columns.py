"""What the columns of dicom_image_meta are by pydicom: a JSON line for each file named on stdin."""
import datetime
import decimal
import json
import re
import sys
import warnings

import pydicom

warnings.simplefilter("ignore")

TEXTS = {
    "patient_id": "PatientID",
    "modality": "Modality",
    "accession_number": "AccessionNumber",
    "body_part": "BodyPartExamined",
    "institution": "InstitutionName",
    "department": "InstitutionalDepartmentName",
    "referring_department": "RequestingService",
    "station": "StationName",
    "manufacturer": "Manufacturer",
    "model": "ManufacturerModelName",
    "software": "SoftwareVersions",
    "device_serial": "DeviceSerialNumber",
    "protocol": "ProtocolName",
    "photometric": "PhotometricInterpretation",
}
INTEGERS = {
    "series_number": "SeriesNumber",
    "instance_number": "InstanceNumber",
    "frames": "NumberOfFrames",
    "image_rows": "Rows",
    "image_columns": "Columns",
    "bits_allocated": "BitsAllocated",
}
NUMBERS = {
    "slice_thickness": ["SliceThickness"],
    "pixel_spacing": ["PixelSpacing"],
    "kvp": ["KVP"],
    "tube_current": ["XRayTubeCurrent", "XRayTubeCurrentInmA", "XRayTubeCurrentInuA"],
    "exposure": ["Exposure", "ExposureInmAs", "ExposureInuAs"],
    "exposure_time": ["ExposureTime", "ExposureTimeInms", "ExposureTimeInuS"],
    "ctdi_vol": ["CTDIvol"],
    "dap": ["ImageAndFluoroscopyAreaDoseProduct"],
    "magnetic_field": ["MagneticFieldStrength"],
    "repetition_time": ["RepetitionTime"],
    "echo_time": ["EchoTime"],
}


def values(data, keyword):
    """All values as texts."""
    try:
        if keyword not in data:
            return []
        value = data[keyword].value
    except Exception:
        return []
    if value is None:
        return []
    many = value if isinstance(value, (list, pydicom.multival.MultiValue)) else [value]
    return [str(one).strip(" \0\n\r\t") for one in many]


def first(data, keyword):
    return (values(data, keyword) or [""])[0]


def number(data, keyword):
    try:
        value = decimal.Decimal(first(data, keyword))
    except decimal.InvalidOperation:
        return None
    return value if value.is_finite() else None


def day(text):
    match = re.fullmatch(r"(\d{4})(\.?)(\d\d)\2(\d\d)", text)
    try:
        return match and datetime.date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None


def clock(text):
    match = re.fullmatch(r"(\d\d)(?::?(\d\d)(?::?(\d\d)(?:\.(\d{1,6}))?)?)?", text)
    try:
        return match and datetime.time(
            int(match[1]), int(match[2] or 0), min(59, int(match[3] or 0)), int((match[4] or "0").ljust(6, "0"))
        )
    except ValueError:
        return None


def zone(text):
    match = re.fullmatch(r"([+-])(\d\d)(\d\d)", text)
    if not match:
        return datetime.timezone.utc
    minutes = int(match[2]) * 60 + int(match[3])
    return datetime.timezone(datetime.timedelta(minutes=-minutes if match[1] == "-" else minutes))


def acquired(data):
    own = zone(first(data, "TimezoneOffsetFromUTC"))
    match = re.fullmatch(r"(\d{8})(\d[\d.]*)([+-]\d{4})?", first(data, "AcquisitionDateTime"))
    if match and day(match[1]) and clock(match[2]):
        when, at, offset = day(match[1]), clock(match[2]), zone(match[3]) if match[3] else own
    else:
        when, at, offset = day(first(data, "AcquisitionDate")), clock(first(data, "AcquisitionTime")), own
    if not when or not at:
        return None
    moment = datetime.datetime.combine(when, at, offset).astimezone(datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def measures(data):
    """What all frames of an enhanced object share."""
    try:
        return data.SharedFunctionalGroupsSequence[0].PixelMeasuresSequence[0]
    except (AttributeError, IndexError, TypeError):
        return pydicom.Dataset()


def columns(data):
    row = {column: "\\".join(values(data, keyword)) for column, keyword in TEXTS.items()}
    for column, keyword in INTEGERS.items():
        value = number(data, keyword)
        whole = value is not None and value == value.to_integral_value() and abs(value) < 2**31
        row[column] = str(int(value)) if whole else None
    for column, keywords in NUMBERS.items():
        value = None
        for at, keyword in enumerate(keywords):
            value = number(data, keyword)
            if value is not None:
                value = value / 1000 if at == 2 else value
                break
        if value is None and column in ("pixel_spacing", "slice_thickness"):
            value = number(measures(data), keywords[0])
        if value is not None:
            rounded = value.quantize(decimal.Decimal("1e-9"), decimal.ROUND_HALF_UP)
            row[column] = format(rounded, "f")
        else:
            row[column] = None
    row["study_date"] = str(day(first(data, "StudyDate")) or "") or None
    row["acquired"] = acquired(data)
    return row


for line in sys.stdin:
    path = line.rstrip("\n")
    try:
        data = pydicom.dcmread(path, stop_before_pixels=True)
        print(json.dumps({"file": path, "columns": columns(data)}))
    except Exception as failure:
        print(json.dumps({"file": path, "failure": repr(failure)}))
