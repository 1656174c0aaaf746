"""The official C++ of SGP4 as the Python package sgp4 wraps it: one line of JSON for each line read, "near" or "deep"."""
import array
import json
import sys
import time

from sgp4.api import Satrec, SatrecArray, accelerated

if not accelerated:
    sys.exit("this Python package sgp4 has no compiled module")

with open(sys.argv[1], encoding="ascii") as file:
    work = json.load(file)
times = work["times"]
whole = array.array("d", [work["julianDate"]] * times)
fraction = array.array("d", [i * work["stepSeconds"] / 86_400 for i in range(times)])


class Group:
    def __init__(self, lines):
        self.count = len(lines)
        self.satellites = SatrecArray([Satrec.twoline2rv(*pair) for pair in lines])
        self.errors = memoryview(bytearray(self.count * times)).cast("B", (self.count, times))
        shape = (self.count, times, 3)
        self.positions, self.velocities = (memoryview(bytearray(24 * self.count * times)).cast("d", shape) for _ in range(2))

    def run(self):
        # What SatrecArray.sgp4 calls after making room with NumPy: the loop over satellites and times is C++.
        before = time.process_time()
        self.satellites._sgp4(whole, fraction, self.errors, self.positions, self.velocities)
        seconds = time.process_time() - before
        last = (self.count - 1, times - 1)
        return {"seconds": seconds, "errors": sum(map(bool, self.errors.tobytes())), "position": [self.positions[(*last, axis)] for axis in range(3)]}


groups = {name: Group(work[name]) for name in ("near", "deep")}
for line in sys.stdin:
    print(json.dumps(groups[line.strip()].run()), flush=True)
