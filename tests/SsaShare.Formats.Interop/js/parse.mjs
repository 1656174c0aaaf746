// How long satellite.js takes to read element sets: node parse.mjs tle|json FILE [bare]
// Prints records and processor seconds, the best of three. Its readers set the propagator up as they read; "bare" leaves that out.
import { readFileSync } from "node:fs";
import { register } from "node:module";

const [form, path, how] = process.argv.slice(2);
if (how === "bare") register("./bare.mjs", import.meta.url);
const { json2satrec, twoline2satrec } = await import("satellite.js");

let kept;

function read() {
  const text = readFileSync(path, "utf8");
  let count = 0;
  if (form === "json") {
    for (const fields of JSON.parse(text)) kept = json2satrec(fields), count++;
    return count;
  }
  const lines = text.split("\n");
  for (let i = 1; i < lines.length; i++)
    if (lines[i - 1].startsWith("1 ") && lines[i].startsWith("2 ")) kept = twoline2satrec(lines[i - 1], lines[i]), count++;
  return count;
}

let best = Infinity, count;
for (let round = 0; round < 3; round++) {
  const began = process.cpuUsage();
  count = read();
  const { user, system } = process.cpuUsage(began);
  best = Math.min(best, (user + system) / 1e6);
}
console.log(count, best);
