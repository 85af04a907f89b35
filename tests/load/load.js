// Load on a server over the demonstration: each page first by one reader at a time, then by fifty connections at once (wrk).
//   node load.js PROJECT SECONDS      PROJECT: a folder with the accounts of tests/browser; made if it is not there
// Prints a line of JSON for each page, and one for the server: seconds to its start, MiB idle and after all of it.
// `alone` and `crowd` are the server's own times from its access log; `wire` is what wrk saw.
import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

import { make, PASSWORD } from "../browser/kit/project.js";
import { serve } from "../browser/kit/server.js";

const run = promisify(execFile);
const [project, seconds = "10"] = process.argv.slice(2);
const LUA = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "report.lua");

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
const idle = resident();
const cookie = await signIn(server.officers, "city-office");

for (const [name, door, address, route] of PAGES) {
  const url = server[door] + address;
  await wrk(url, 1, "1"); // what is worked out once is worked out now
  const alone = await timed(door, route, () => wrk(url, 1, "3"));
  const crowd = await timed(door, route, () => wrk(url, 50, seconds));
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
console.log(JSON.stringify({ name: "server", start, idle, after: resident() }));
await server.stop();

/** MiB that the server has in memory. */
function resident() {
  const status = fs.readFileSync(`/proc/${server.pid}/status`, "utf8");
  return Number(status.match(/VmRSS:\s+(\d+) kB/)[1]) / 1024;
}

/** Runs wrk, and takes the server's own times of the route from its log. */
async function timed(door, route, work) {
  const before = server.log().length;
  const said = await work();
  await new Promise((resolve) => setTimeout(resolve, 200));
  const micros = [];
  for (const line of server.log().slice(before).split("\n")) {
    if (!line.startsWith('{"door"') || !line.endsWith("}")) continue;
    const request = JSON.parse(line);
    if (request.door === door && request.route === route) micros.push(request.micros);
  }
  micros.sort((a, b) => a - b);
  const part = (share) => micros[Math.min(micros.length - 1, Math.ceil(micros.length * share) - 1)] ?? null;
  return { said, times: { requests: micros.length, p50: part(0.5), p95: part(0.95), p99: part(0.99) } };
}

async function wrk(url, connections, duration) {
  const threads = connections > 1 ? "2" : "1";
  const args = ["-t", threads, "-c", String(connections), "-d", `${duration}s`, "-s", LUA, "-H", `Cookie: ${cookie}`];
  const { stdout } = await run("wrk", [...args, "-H", "Accept: text/html", url]);
  return JSON.parse(stdout.split("\n").find((line) => line.startsWith("{")));
}

/** Signs in as a browser does; answers its cookies. */
async function signIn(origin, login) {
  const jar = new Map();
  const keep = (answer) => {
    for (const each of answer.headers.getSetCookie()) {
      const [name, value] = each.split(";")[0].split("=");
      jar.set(name, value);
    }
    return answer;
  };
  const sent = () => [...jar].map((pair) => pair.join("=")).join("; ");
  const page = await keep(await fetch(`${origin}/login`)).text();
  const csrf = page.match(/name="csrf" value="([^"]+)"/)[1];
  const body = new URLSearchParams({ csrf, login, password: PASSWORD, back: "/" });
  const headers = { Cookie: sent(), Origin: origin };
  const answer = keep(await fetch(`${origin}/login`, { method: "POST", body, headers, redirect: "manual" }));
  if (answer.status !== 303) throw new Error(`signing in answers ${answer.status}`);
  return sent();
}
