// satellite.js at its fastest: the official C++ compiled to WebAssembly with vectors of 128 bits, one thread. One line of JSON for each line read, "near" or "deep".
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { BulkPropagator, EciBaseCalculator, createSingleThreadRuntime, twoline2satrec } from 'satellite.js';

const work = JSON.parse(readFileSync(process.argv[2], 'ascii'));
const start = (work.julianDate - 2440587.5) * 86_400_000;
const dates = Array.from({ length: work.times }, (_, i) => new Date(start + i * work.stepSeconds * 1000));
const runtime = await createSingleThreadRuntime();

const groups = Object.fromEntries(['near', 'deep'].map((name) => {
  const propagator = new BulkPropagator({ runtime, calculators: [new EciBaseCalculator()], satRecsCount: work[name].length, datesCount: dates.length });
  propagator.setSatRecs(work[name].map(([first, second]) => twoline2satrec(first, second)));
  propagator.setDates(dates);
  return [name, propagator];
}));

for await (const line of createInterface({ input: process.stdin })) {
  const propagator = groups[line.trim()];
  const before = process.cpuUsage();
  propagator.run();
  const used = process.cpuUsage(before);
  const { position, error } = propagator.getRawOutput().eci;
  console.log(JSON.stringify({ seconds: (used.user + used.system) / 1e6, errors: error.filter(Boolean).length, position: [...position.slice(-3)] }));
}
