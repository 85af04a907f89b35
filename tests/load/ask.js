// Asking a server as many readers do: wrk with a reader's cookie, and the server's own times from its access log.
import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

import { PASSWORD } from "../browser/kit/project.js";

const run = promisify(execFile);
const LUA = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "report.lua");

/** MiB that a server has in memory. */
export function resident(server) {
  const status = fs.readFileSync(`/proc/${server.pid}/status`, "utf8");
  return Number(status.match(/VmRSS:\s+(\d+) kB/)[1]) / 1024;
}

/** Does the work, and takes the server's own times of the route from its log. */
export async function timed(server, door, route, work) {
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

/** Asks for a page for some seconds; what wrk saw. */
export async function wrk(url, connections, duration, cookie, accept = "text/html") {
  const threads = connections > 1 ? "2" : "1";
  const args = ["-t", threads, "-c", String(connections), "-d", `${duration}s`, "-s", LUA, "-H", `Cookie: ${cookie}`];
  const { stdout } = await run("wrk", [...args, "-H", `Accept: ${accept}`, url]);
  return JSON.parse(stdout.split("\n").find((line) => line.startsWith("{")));
}

/** Signs in as a browser does; answers its cookies. */
export async function signIn(origin, login) {
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
