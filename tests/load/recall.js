// Capture by the command, and recalls over HTTP: a dairy's world of so many events is captured into the ledger and served, and the
// summary of a recall is asked for by one reader at a time, then by eight.
//   node recall.js FOLDER EVENTS SECONDS      FOLDER is made anew
// Prints one line of JSON: the capture's seconds of processor and clock, bytes on the disk, and microseconds of answers. `server` are
// the server's own times from its access log; `wire` is what wrk saw.
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { make, zhiheng } from "../browser/kit/project.js";
import { serve } from "../browser/kit/server.js";
import { COMMAND } from "../browser/kit/tools.js";
import { resident, signIn, timed, wrk } from "./ask.js";

const [folder, events = "1000000", seconds = "10"] = process.argv.slice(2);
fs.rmSync(folder, { recursive: true, force: true });
const project = path.join(folder, "project");
fs.mkdirSync(folder, { recursive: true });
make(project);
const world = path.join(folder, "world");
execFileSync(COMMAND, ["trace", "generate", "--events", events, "--seed", "1", "-o", world], { stdio: "ignore" });
const documents = fs.readdirSync(world).filter((name) => name.startsWith("events-")).sort();

/** Bytes of the ledger with its log. */
function size() {
  const names = fs.readdirSync(project).filter((name) => name.includes(".sqlite"));
  return names.reduce((sum, name) => sum + fs.statSync(path.join(project, name)).size, 0);
}

const before = size();
const script = 'TIMEFORMAT="%U %S %R"; time "$0" "$@" >/dev/null';
const args = ["--project", project, "trace", "capture", ...documents.map((name) => path.join(world, name))];
const env = { ...process.env, ZHIHENG_NO_PROGRESS: "true" };
const done = spawnSync("bash", ["-c", script, COMMAND, ...args], { env, encoding: "utf8", maxBuffer: 64 << 20 });
if (done.status !== 0) throw new Error(done.stderr);
const [user, system, clock] = done.stderr.trim().split("\n").at(-1).split(" ").map(Number);
const said = zhiheng(project, ["trace", "jobs", "--format", "json"]);
const captured = JSON.parse(said).reduce((sum, job) => sum + job.new, 0);
const capture = { events: captured, documents: documents.length, user, system, clock, bytes: size() - before };

const server = await serve(project);
const cookie = await signIn(server.officers, "city-office");
const route = "/api/v1/trace/recall/{thing}";
const thing = encodeURIComponent("https://id.gs1.org/01/06901234000122/10/P0");
const url = `${server.officers}/api/v1/trace/recall/${thing}`;
const first = performance.now();
const answer = await fetch(url, { headers: { Cookie: cookie, Accept: "application/json" } });
if (answer.status !== 200) throw new Error(`the recall answers ${answer.status}: ${await answer.text()}`);
const text = await answer.text();
const cold = performance.now() - first;
const pieces = Object.values(JSON.parse(text).data.pieces).reduce((sum, n) => sum + n, 0);
const ask = (connections) =>
  timed(server, "officers", route, () => wrk(url, connections, seconds, cookie, "application/json"));
const shown = ({ said, times }) => ({
  per_second: said.requests / (said.micros / 1e6),
  refused: said.refused,
  broken: said.broken,
  server: times,
  wire: { p50: said.p50, p99: said.p99, most: said.most },
});
const alone = shown(await ask(1));
const crowd = shown(await ask(8));
console.log(JSON.stringify({ capture, pieces, bytes: text.length, cold, alone, crowd, memory: resident(server) }));
await server.stop();
