// A server over a project, on ports that the system chooses.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { COMMAND } from "./tools.js";

// A run asks more in a minute than an office: only the rates are lifted, every other limit stays the operator's default.
const RATES = { address_per_minute: 600000, account_per_minute: 600000, logins_per_minute: 600000 };

function door(name, more) {
  const rates = Object.entries({ ...RATES, ...more }).map(([key, value]) => `${key} = ${value}`);
  return [`[${name}]`, 'listen = "127.0.0.1:0"', `[${name}.limits]`, ...rates, ""].join("\n");
}

/** Starts a server; answers the addresses of its two doors, and how to stop it. */
export async function serve(project, limits = {}) {
  const settings = path.join(project, "journeys.toml");
  fs.writeFileSync(settings, door("officers", limits) + door("public", limits));
  const env = { ...process.env, ZHIHENG_LANG: "en" };
  const args = ["--project", project, "server", "--region", "621100", "--settings", settings];
  const child = spawn(COMMAND, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const doors = await new Promise((resolve, reject) => {
    const wait = setTimeout(() => reject(new Error(`the server does not start: ${said}`)), 60_000);
    const hear = (bytes) => {
      said += bytes;
      const found = said.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? [];
      if (found.length === 2) {
        clearTimeout(wait);
        resolve(found);
      }
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("exit", (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  process.on("exit", () => child.kill("SIGKILL"));
  const stop = async () => {
    child.kill("SIGTERM");
    return ended;
  };
  return { officers: doors[0], public: doors[1], pid: child.pid, log: () => said, stop };
}
