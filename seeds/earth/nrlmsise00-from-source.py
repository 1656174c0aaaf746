#!/usr/bin/env python3
"""Writes nrlmsise00.txt from the tables of a published program: nrlmsise00-from-source.py nrlmsise-00_data.c

Any file that declares the tables in C as they were published with the model (release 20041227 in C, after NRL's Fortran) will do.
Only numbers are taken; SAM, which the model does not use, and zeros are left out.
"""
import pathlib, re, sys

text = re.sub(r"/\*.*?\*/", "", open(sys.argv[1]).read(), flags=re.S)
here = pathlib.Path(__file__).parent
NUMBER = re.compile(r"[-+]?\d+\.\d+E[-+]\d+")
SIZES = {"pt": [150], "pd": [150] * 9, "ps": [150], "pdl": [25] * 2, "ptm": [10], "pdm": [10] * 8, "ptl": [100] * 4, "pma": [100] * 10, "pavgm": [10]}

lines = [
    "# Coefficients of NRLMSISE-00. Source: Naval Research Laboratory (Picone, Hedin, Drob and Aikin 2002, J. Geophys. Res. 107, A12, 1468), public domain.",
    "# Columns: table (with its row where there are several), index counted from 1 as published, value. What is not here is zero.",
    "# PT exospheric temperature; PD densities of He O N2, temperature at 120 km, O2 Ar H N and anomalous O; PS gradient of temperature;",
    "# PTL temperatures at 110, 100, 90, 72.5 km; PMA those below and their gradients; PTM, PDM, PDL, PAVGM means and lengths.",
]
for name, sizes in SIZES.items():
    body = re.search(r"double\s+%s(?:\[\d+\])+\s*=\s*(\{.*?\});" % name, text, flags=re.S).group(1)
    rows = re.findall(r"\{([^{}]*)\}", body)
    assert len(rows) == len(sizes), (name, len(rows))
    for i, (row, size) in enumerate(zip(rows, sizes)):
        values = [float(word) for word in NUMBER.findall(row)]
        assert len(values) == size, (name, i, len(values))
        table = name.upper() + (str(i + 1) if len(sizes) > 1 else "")
        # Index 100 of the lower tables is the number of the set of parameters, not a coefficient.
        lines += ["%s %d %s" % (table, k + 1, repr(v)) for k, v in enumerate(values) if v != 0 and not (size == 100 and k == 99)]
(here / "nrlmsise00.txt").write_text("\n".join(lines) + "\n")
