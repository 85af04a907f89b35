// Makes the demonstration's project, goes every journey, says what broke and how long it took.
//   node run.js [--accept] [--jobs N] [--examples N] [NAME…]   NAME: part of a journey file's name
//   node run.js --images                                       the pictures of docs/ instead
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { run } from "node:test";

const words = process.argv.slice(2);
const flag = (name) => words.includes(name) && words.splice(words.indexOf(name), 1).length > 0;
const accept = flag("--accept");
const images = flag("--images");
let jobs = 2;
if (words.includes("--jobs")) jobs = Number(words.splice(words.indexOf("--jobs"), 2)[1]);
if (words.includes("--examples")) process.env.ZHIHENG_EXAMPLES = words.splice(words.indexOf("--examples"), 2)[1];
if (accept) process.env.ZHIHENG_BROWSER_ACCEPT = "1";

const { HERE, OUT } = await import("./kit/tools.js");
const { make } = await import("./kit/project.js");

const folder = path.join(HERE, "journeys");
const files = fs
  .readdirSync(folder)
  .filter((file) => file.endsWith(".test.js"))
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  .map((file) => path.join(folder, file));
if (files.length === 0) {
  console.error(`no journey is called ${words.join(" or ")}`);
  process.exit(2);
}

const start = performance.now();
const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
fs.rmSync(OUT, { recursive: true, force: true });
fs.mkdirSync(OUT, { recursive: true });
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "zhiheng-journeys-"));
process.on("exit", () => fs.rmSync(scratch, { recursive: true, force: true }));
// Whoever writes journeys keeps a project and names it: making one takes half of a short run.
if (!process.env.ZHIHENG_BROWSER_BASE) {
  const base = path.join(scratch, "base");
  make(base);
  process.env.ZHIHENG_BROWSER_BASE = base;
  console.log(`    the demonstration's project: ${seconds()}`);
}

if (images) {
  const { pictures } = await import("./pictures.js");
  const count = await pictures();
  console.log(`    ${count} pictures of the documents: ${seconds()}`);
  process.exit(0);
}

let [passed, failed] = [0, 0];
const stream = run({ files, concurrency: jobs, timeout: 1_200_000 });
const took = (event) => `(${(event.details.duration_ms / 1000).toFixed(1)} s)`;
// The file itself is a test of its own in this version of Node: only what is inside counts.
const inside = (event) => !event.name.endsWith(".test.js");
stream.on("test:pass", (event) => {
  if (!inside(event)) return;
  passed += 1;
  console.log(`    ok ${event.name} ${took(event)}`);
});
stream.on("test:fail", (event) => {
  failed += 1;
  const problem = event.details.error;
  const text = problem.cause?.message ?? problem.message;
  // What is longer stands in the page that was kept.
  const lines = text.split("\n");
  const shown = lines.length > 60 ? [...lines.slice(0, 30), "…", ...lines.slice(-20)] : lines;
  console.log(`    BROKEN ${event.name} ${took(event)}\n${shown.map((line) => `      ${line}`).join("\n")}`);
});
stream.on("test:stderr", (event) => process.stderr.write(event.message));
stream.on("end", () => {
  console.log(`    ${passed} journeys went, ${failed} broke, ${seconds()}; pictures in ${OUT}`);
  process.exitCode = failed > 0 ? 1 : 0;
});
stream.resume();
