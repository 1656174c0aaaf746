"""Reads element sets with python-sgp4 and prints their states: states.py tle|csv|xml|json FILE"""
import json
import sys

from sgp4 import omm
from sgp4.api import Satrec

MINUTES = (0.0, 90.0, 1440.0)


def satellites(form, path):
    with open(path, encoding="utf-8", newline="") as file:
        if form == "tle":
            lines = [line.rstrip("\r\n") for line in file]
            for first, second in zip(lines, lines[1:]):
                if first.startswith("1 ") and second.startswith("2 "):
                    yield Satrec.twoline2rv(first, second)
            return
        read = {"csv": omm.parse_csv, "xml": omm.parse_xml, "json": json.load}[form]
        for fields in read(file):
            satellite = Satrec()
            omm.initialize(satellite, fields)
            yield satellite


for satellite in satellites(*sys.argv[1:]):
    for minutes in MINUTES:
        error, position, velocity = satellite.sgp4(satellite.jdsatepoch, satellite.jdsatepochF + minutes / 1440.0)
        print(satellite.satnum, satellite.jdsatepoch + satellite.jdsatepochF, error, *position, *velocity)
