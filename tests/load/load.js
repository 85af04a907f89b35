// Load on a server over the demonstration: each page first by one reader at a time, then by fifty connections at once (wrk).
//   node load.js PROJECT SECONDS      PROJECT: a folder with the accounts of tests/browser; made if it is not there
// Prints a line of JSON for each page, and one for the server: seconds to its start, MiB idle and after all of it.
// `alone` and `crowd` are the server's own times from its access log; `wire` is what wrk saw.
import fs from "node:fs";
import path from "node:path";

import { make } from "../browser/kit/project.js";
import { serve } from "../browser/kit/server.js";
import { resident, signIn, timed, wrk } from "./ask.js";

const [project, seconds = "10"] = process.argv.slice(2);

/** What is asked for: name, door, path, route as the log names it. */
const PAGES = [
  ["home", "officers", "/", "/"],
  ["region", "officers", "/r/621100?period=2013", "/r/{region}"],
  ["number", "officers", "/m/sampling.pass_rate/621122/2013", "/m/{indicator}/{region}/{period}"],
  ["rows", "officers", "/m/sampling.pass_rate/621122/2013/records", "/m/{indicator}/{region}/{period}/records"],
  ["cases", "officers", "/cases", "/cases"],
  ["public home", "public", "/", "/"],
  ["public API", "public", "/api/v1/version", "/api/v1/version"],
];

if (!fs.existsSync(path.join(project, "zhiheng.toml"))) make(project);
const begun = performance.now();
const server = await serve(project);
const start = (performance.now() - begun) / 1000;
await new Promise((resolve) => setTimeout(resolve, 1000));
const idle = resident(server);
const cookie = await signIn(server.officers, "city-office");

for (const [name, door, address, route] of PAGES) {
  const url = server[door] + address;
  await wrk(url, 1, "1", cookie); // what is worked out once is worked out now
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
console.log(JSON.stringify({ name: "server", start, idle, after: resident(server) }));
await server.stop();
