#!/usr/bin/env python3
"""Writes seeds/observations from the B3 files of the reference data.

Usage: SSA_REFERENCE_DATA=<folder> seeds/tools/b3_to_tdm.py      (default: ../shared/data from the repository's root)

B3 is the US Space Surveillance Network's 80-column observation card. Columns used, counted from 1:
   2- 6  object tag          7- 9  sensor number     10-14  year (2) and day of year (3)
  15-23  hhmmss and thousandths of a second, UTC
  24-29  elevation, deg, 4 decimals; a negative value is overpunched on its first digit: J..R = -1..-9, } or - = -0
  31-37  azimuth, deg, 4 decimals
  39-45  range mantissa, 2 digits and 5 decimals; 46: its power of ten, km
  48-54  range rate, km/s, 2 digits and 5 decimals, overpunched when negative; blank where not measured
The tag, the UTC, the angles and the range are written as the source has them. Nothing is corrected
here; by their residuals the figures of 1996 had the troposphere's refraction taken off before (docs/accuracy.md).
"""
import gzip
import os
import pathlib
import sys
from datetime import datetime, timedelta
from decimal import Decimal

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("SSA_REFERENCE_DATA", ROOT.parent / "shared" / "data")) / "obs" / "ssn-b3"
SENSORS = {354: ("atlantic", "ASCENSION"), 363: ("caribbean", "ANTIGUA"), 932: ("pacific", "KAENA-POINT")}
SELECTIONS = [  # file, first and last day of year (YYDDD) taken whole
    ("5398.obs.gz", "96350", "96352"),
    ("7734.OBS", "95029", "95033"),
]
PASS_GAP_S = 300
OVERPUNCH = {"}": "0", "-": "0", **{chr(ord("J") + i): str(i + 1) for i in range(9)}}


def signed(field):
    """A fixed-column integer whose first character may carry a minus sign."""
    return -int(OVERPUNCH[field[0]] + field[1:]) if field[0] in OVERPUNCH else int(field)


def decode(line, unnormalised):
    year = int(line[9:11])
    start = datetime(1900 + year if year >= 57 else 2000 + year, 1, 1)
    time = start + timedelta(days=int(line[11:14]) - 1, hours=int(line[14:16]), minutes=int(line[16:18]), milliseconds=int(line[18:23]))
    # 7734.OBS keeps metres in the mantissa whatever the power says: 27 lines below 1,000 km read "0971591" and power 1 for
    # 971.591 km. Read by the card's rule they would be a tenth of that, 80 km above ground between points at 840 km.
    power = 2 if unnormalised and line[38] == "0" else int(line[45])
    rate = line[47:54].strip()
    return {
        "tag": line[1:6], "sensor": int(line[6:9]), "time": time,
        "range_km": Decimal(int(line[38:45])).scaleb(power - 5),
        "azimuth_deg": Decimal(int(line[30:37])).scaleb(-4),
        "elevation_deg": Decimal(signed(line[23:29])).scaleb(-4),
        "range_rate_km_per_s": Decimal(signed(line[47:54])).scaleb(-5) if rate else None,
    }


def read(name, first, last):
    open_file = gzip.open if name.endswith(".gz") else open
    with open_file(DATA / name, "rt", encoding="ascii") as file:
        for line in file:
            if first <= line[9:14] <= last and line[:1] == "U":
                yield decode(line, unnormalised=name == "7734.OBS")


def passes(observations):
    """Splits one sensor's observations of one tag, in time order, where nothing was measured for PASS_GAP_S."""
    current = []
    for observation in sorted(observations, key=lambda o: o["time"]):
        if current and (observation["time"] - current[-1]["time"]).total_seconds() > PASS_GAP_S:
            yield current
            current = []
        current.append(observation)
    if current:
        yield current


def iso(time):
    return time.isoformat(timespec="milliseconds")


def segment(arc, sensor):
    yield "META_START"
    yield "TIME_SYSTEM = UTC"
    yield f"START_TIME = {iso(arc[0]['time'])}"
    yield f"STOP_TIME = {iso(arc[-1]['time'])}"
    yield f"PARTICIPANT_1 = {sensor}"
    yield f"PARTICIPANT_2 = {arc[0]['tag']}"
    yield "MODE = SEQUENTIAL"
    yield "PATH = 1,2,1"
    yield "RANGE_UNITS = km"
    yield "ANGLE_TYPE = AZEL"
    yield "DATA_QUALITY = RAW"
    yield "META_STOP"
    yield ""
    yield "DATA_START"
    for o in arc:
        time = iso(o["time"])
        yield f"RANGE = {time} {2 * o['range_km']:f}"
        yield f"ANGLE_1 = {time} {o['azimuth_deg']:f}"
        yield f"ANGLE_2 = {time} {o['elevation_deg']:f}"
        if o["range_rate_km_per_s"] is not None:
            yield f"DOPPLER_INSTANTANEOUS = {time} {2 * o['range_rate_km_per_s']:f}"
    yield "DATA_STOP"
    yield ""


def tdm(name, partner, sensor, number, observations):
    yield "CCSDS_TDM_VERS = 2.0"
    yield f"COMMENT Real observations by US Space Surveillance Network radar {number}, published with D. Vallado's software; file {name}."
    yield "COMMENT PARTICIPANT_2 is the tag in that file, not an identification. RANGE and DOPPLER_INSTANTANEOUS are along the whole"
    yield "COMMENT path 1,2,1, so twice the source's figures. Nothing is corrected here; the source does not say what was corrected before. By"
    yield "COMMENT their residuals the figures of 1996 are free of the troposphere's refraction. The source does not say whether a time tag is"
    yield "COMMENT that of transmission, reflection or reception."
    yield "CREATION_DATE = 2026-11-22T00:00:00"
    yield f"ORIGINATOR = {partner}"
    yield ""
    for arc in passes(observations):
        yield from segment(arc, sensor)


def main():
    if not DATA.is_dir():
        sys.exit(f"{DATA} does not exist: set SSA_REFERENCE_DATA to the folder of the reference data.")
    total = 0
    for name, first, last in SELECTIONS:
        observations = list(read(name, first, last))
        for number, (partner, sensor) in SENSORS.items():
            own = [o for o in observations if o["sensor"] == number]
            if not own:
                continue
            if len({o["tag"] for o in own}) != 1:
                sys.exit(f"{name}: more than one tag for sensor {number}; segments are written per tag.")
            path = ROOT / "seeds" / "observations" / partner / f"{sensor.lower()}-{min(o['time'] for o in own):%Y-%m}.tdm"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(tdm(name, partner, sensor, number, own)), encoding="ascii", newline="\n")
            total += len(own)
            print(f"{len(own):5} {path.relative_to(ROOT)}")
    print(f"{total:5} in all")


if __name__ == "__main__":
    main()
