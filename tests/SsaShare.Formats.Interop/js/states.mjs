// Reads element sets with satellite.js and prints their states: node states.mjs tle|json FILE
import { readFileSync } from "node:fs";
import { json2satrec, sgp4, twoline2satrec } from "satellite.js";

const [form, path] = process.argv.slice(2);

function* satellites(text) {
  if (form === "json") {
    for (const fields of JSON.parse(text)) yield json2satrec(fields);
    return;
  }
  const lines = text.split(/\r?\n/);
  for (let i = 1; i < lines.length; i++)
    if (lines[i - 1].startsWith("1 ") && lines[i].startsWith("2 ")) yield twoline2satrec(lines[i - 1], lines[i]);
}

for (const satellite of satellites(readFileSync(path, "utf8"))) {
  for (const minutes of [0, 90, 1440]) {
    const state = sgp4(satellite, minutes);
    const { position: r, velocity: v } = state;
    console.log(Number(satellite.satnum), satellite.jdsatepoch, satellite.error, r.x, r.y, r.z, v.x, v.y, v.z);
  }
}
