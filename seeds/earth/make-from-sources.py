#!/usr/bin/env python3
"""Writes the Earth figures of this folder from their published sources: make-from-sources.py FOLDER, where FOLDER holds

  celestrak/EOP-All-*.txt.gz    Earth orientation, IERS EOP 20 C04, as distributed by CelesTrak
  celestrak/EGM-08norm100.txt   EGM2008 spherical harmonics, fully normalised
  iers_tables/iau06{x,y,s}tab*  IERS Conventions (2010), tables 5.2a, 5.2b and 5.2d
  celestrak/nut80.dat           nutation, IAU 1980

gravity-moon.txt and ocean-tides.txt are not written here: their heads say where their figures are from.
subdaily-tides.txt is not written here: its figures are those of IERS Conventions (2010), tables 8.2 and 8.3, as Orekit edited them (tab8.2ab.txt, tab8.3ab.txt).
"""
import glob, gzip, pathlib, sys

source = pathlib.Path(sys.argv[1])
here = pathlib.Path(__file__).parent

GRAVITY_DEGREE = 70
ORIENTATION_DAYS = [(49718, 50508), (57400, 57470)]  # 1995-01-01 to 1997-03-01; 2016-01-13 to 2016-03-23


def orientation():
    lines = [
        "# Earth orientation at 0h UTC. Source: IERS EOP 20 C04, as distributed by CelesTrak on 2025-01-10.",
        "# Columns: MJD, pole x and y (arcsec), UT1-UTC (s), celestial pole offsets dX and dY (arcsec, IAU 2006/2000A).",
    ]
    (name,) = glob.glob(str(source / "celestrak/EOP-All-*.txt.gz"))
    with gzip.open(name, "rt") as file:
        for line in file:
            word = line.split()
            if len(word) != 13 or not word[0].isdigit():
                continue
            mjd = int(word[3])
            if any(first <= mjd <= last for first, last in ORIENTATION_DAYS):
                lines.append(" ".join([word[3], word[4], word[5], word[6], word[10], word[11]]))
    (here / "earth-orientation.txt").write_text("\n".join(lines) + "\n")


def gravity():
    lines = [
        "# Gravity of the Earth: EGM2008 (NGA), fully normalised, tide-free, to degree and order %d." % GRAVITY_DEGREE,
        "# First line of figures: GM (km3/s2) and reference radius (km). Then: degree, order, C, S.",
        "398600.4415 6378.1363",
    ]
    for line in open(source / "celestrak/EGM-08norm100.txt"):
        word = line.split()
        if len(word) >= 4 and int(word[0]) <= GRAVITY_DEGREE:
            lines.append(" ".join([word[0], word[1], repr(float(word[2])), repr(float(word[3]))]))
    (here / "gravity.txt").write_text("\n".join(lines) + "\n")


def celestial_pole():
    lines = [
        "# Celestial intermediate pole X, Y and CIO locator s+XY/2 (IAU 2006/2000A). Source: IERS Conventions (2010), tables 5.2a, b, d.",
        "# All terms. Columns: quantity, power of t, sine, cosine (microarcsec),",
        "# then multipliers of l l' F D Om, of the planets' longitudes Mercury to Neptune, and of p_A; trailing zeros are left out.",
    ]
    counts = {"X": ("iau06xtab5.2.a.dat", [1306, 253, 36, 4, 1]), "Y": ("iau06ytab5.2.b.dat", [962, 277, 30, 5, 1]), "S": ("iau06stab5.2.d.dat", [33, 3, 25, 4, 1])}
    for quantity, (name, sizes) in counts.items():
        rows = [line.split() for line in open(source / "iers_tables" / name) if line.strip() and not line.startswith("#")]
        assert len(rows) == sum(sizes), (name, len(rows))
        powers = [power for power, size in enumerate(sizes) for _ in range(size)]
        for power, row in zip(powers, rows):
            multipliers = row[3:17]
            while multipliers and multipliers[-1] == "0":
                multipliers.pop()
            lines.append(" ".join([quantity, str(power), row[1], row[2], *multipliers]))
    (here / "celestial-pole.txt").write_text("\n".join(lines) + "\n")


def nutation_1980():
    lines = [
        "# Nutation, IAU theory of 1980 (Wahr; Seidelmann 1982, Celestial Mechanics 27, 79), 106 terms.",
        "# Columns: multipliers of l l' F D Om; longitude (sine) and its change per century, obliquity (cosine) and its change; 0.1 mas.",
    ]
    rows = [line.split() for line in open(source / "celestrak/nut80.dat") if line.strip()]
    assert len(rows) == 106
    lines += [" ".join(row[:9]) for row in rows]
    (here / "nutation-1980.txt").write_text("\n".join(lines) + "\n")


orientation()
gravity()
nutation_1980()
celestial_pole()
