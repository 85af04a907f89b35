// Load on a server over the demonstration and a million rows more: each page first by one reader at a time, then by fifty connections at
// once (wrk); then what it costs that a reader may see a part of the country only.
//   node load.js PROJECT SECONDS ROWS      PROJECT: a folder with the accounts of tests/browser; made if it is not there
// Prints a line of JSON for each page, one for each filter, and one for the server: seconds to its start and MiB idle over the
// demonstration, seconds to the first start after the import, the same as for the demonstration over all rows, and MiB after all of it. `alone` and `crowd` are the server's own times from its access log;
// `wire` is what wrk saw.
import fs from "node:fs";
import path from "node:path";

import { PASSWORD, make, zhiheng } from "../browser/kit/project.js";
import { serve } from "../browser/kit/server.js";
import { resident, signIn, timed, wrk } from "./ask.js";

const [project, seconds = "10", rows = "1000000"] = process.argv.slice(2);

/** Readers who see the same cases: all of them are of this prefecture. */
const READERS = { country: "100000", prefecture: "621100" };
/** Pages that show what the reader may see. */
const FILTERED = ["/cases"];
/** Turns that the readers of a page take; every other turn the other begins. */
const TURNS = 16;

/** What is asked for: name, door, path, route as the log names it. */
const PAGES = [
  ["home", "officers", "/", "/"],
  ["region", "officers", "/r/621100?period=2013", "/r/{region}"],
  ["number", "officers", "/m/sampling.pass_rate/621122/2013", "/m/{indicator}/{region}/{period}"],
  ["rows", "officers", "/m/sampling.pass_rate/621122/2013/records", "/m/{indicator}/{region}/{period}/records"],
  ["cases", "officers", "/cases", "/cases"],
  ["public home", "public", "/", "/"],
  ["public API", "public", "/api/v1/version", "/api/v1/version"],
  ["public data", "public", "/open/v1/publications", "/open/v1/publications"],
];

if (!fs.existsSync(path.join(project, "zhiheng.toml"))) {
  make(project);
  for (const [reader, region] of Object.entries(READERS)) {
    const account = ["account", "add", `load-${reader}`, "--name", "压力测试岗", "--role", "handler", "--region", region];
    zhiheng(project, [...account, "--password-stdin"], `${PASSWORD}\n`);
  }
}

/** A server with the seconds until its doors were open, and what it takes before anybody came. */
async function started() {
  const begun = performance.now();
  const server = await serve(project);
  const start = (performance.now() - begun) / 1000;
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return { server, start, idle: resident(server) };
}

const small = await started();
await small.server.stop();
const table = path.join(project, "rows.csv");
zhiheng(project, ["bench", "generate", "--rows", rows, "--seed", "1", "--quarters", "40", "-o", table]);
const import_ = ["record", "import", table, "--type", "sampling.batch", "--accept", "good", "--provenance", "synthetic"];
zhiheng(project, [...import_, "--basis", "generated", "--id", "load"]);
fs.rmSync(table);
const grown = await started(); // takes the rows up
await grown.server.stop();
const { server, start, idle } = await started();
const cookie = await signIn(server.officers, "city-office");

for (const [name, door, address, route] of PAGES) {
  const url = server[door] + address;
  await (await fetch(url, { headers: { Cookie: cookie } })).arrayBuffer(); // what is worked out once is worked out now
  await wrk(url, 1, "1", cookie);
  const alone = await timed(server, door, route, () => wrk(url, 1, "3", cookie));
  const crowd = await timed(server, door, route, () => wrk(url, 50, seconds, cookie));
  const wire = crowd.said;
  const line = {
    name,
    path: address,
    per_second: Math.round(wire.requests / (wire.micros / 1e6)),
    refused: wire.refused,
    broken: wire.broken,
    alone: alone.times,
    crowd: crowd.times,
    wire: { p50: wire.p50, p95: wire.p95, p99: wire.p99, most: wire.most },
  };
  console.log(JSON.stringify(line));
}

const cookies = {};
for (const reader of Object.keys(READERS)) cookies[reader] = await signIn(server.officers, `load-${reader}`);
for (const page of FILTERED) {
  const url = server.officers + encodeURI(page);
  const found = Object.fromEntries(Object.keys(READERS).map((reader) => [reader, []]));
  // In turns, so that other work of the machine meets all of them.
  for (let turn = 0; turn < TURNS; turn++) {
    const readers = Object.keys(READERS);
    for (const reader of turn % 2 ? readers.reverse() : readers) {
      const times = await timed(server, "officers", page.split("?")[0], () => wrk(url, 1, "1", cookies[reader]));
      found[reader].push(times.times.p50);
    }
  }
  const middle = (all) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)];
  const micros = Object.fromEntries(Object.entries(found).map(([reader, all]) => [reader, middle(all)]));
  console.log(JSON.stringify({ name: `filter ${page}`, path: page, filter: micros }));
}

const process_ = { start: small.start, idle: small.idle, rows, start_new: grown.start, start_full: start, idle_full: idle, after: resident(server) };
console.log(JSON.stringify({ name: "server", ...process_ }));
await server.stop();
