"""How long python-sgp4 takes to read element sets: parse.py tle|csv|xml|json FILE [bare]

Prints records and processor seconds, the best of two. Its readers set the propagator up as they read; "bare" leaves that out."""
import json
import sys
import time

from sgp4 import io, omm
from sgp4.model import Satrec


def read(form, path):
    count = 0
    with open(path, encoding="utf-8", newline="") as file:
        if form == "tle":
            first = ""
            for line in file:
                if line.startswith("2 ") and first.startswith("1 "):
                    Satrec.twoline2rv(first.rstrip("\r\n"), line.rstrip("\r\n"))
                    count += 1
                first = line
            return count
        for fields in {"csv": omm.parse_csv, "xml": omm.parse_xml, "json": json.load}[form](file):
            omm.initialize(Satrec(), fields)
            count += 1
    return count


def timed():
    began = time.process_time()
    count = read(*sys.argv[1:3])
    return time.process_time() - began, count


def nothing(*ignored):
    pass


if sys.argv[3:] == ["bare"]:
    io.sgp4init = nothing
    Satrec.sgp4init = nothing
seconds, count = min(timed() for _ in range(2))
print(count, seconds)
