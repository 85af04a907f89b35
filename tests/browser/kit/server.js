// A server over a project, on ports that the system chooses.
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";

import { COMMAND } from "./tools.js";

// A run asks more in a minute than an office: only the rates are lifted, every other limit stays the operator's default.
const RATES = { address_per_minute: 600000, account_per_minute: 600000, logins_per_minute: 600000 };

const BACKUP = '[backup]\nfolder = "backups"\n';

function door(name, more, where = ['listen = "127.0.0.1:0"']) {
  const rates = Object.entries({ ...RATES, ...more }).map(([key, value]) => `${key} = ${value}`);
  return [`[${name}]`, ...where, `[${name}.limits]`, ...rates, ""].join("\n");
}

/** A port that nobody has at this moment. */
async function free() {
  const socket = net.createServer().listen(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  await once(socket, "close");
  return port;
}

/**
 * Starts a server; answers the addresses of its two doors, and how to stop it. `login`: more lines of settings; `named`: the officers' door
 * has the name localhost, for which security keys answer.
 */
export async function serve(project, limits = {}, { login = "", named = false } = {}) {
  const settings = path.join(project, "journeys.toml");
  const port = named ? await free() : 0;
  const name = `http://localhost:${port}`;
  const where = named ? [`listen = "127.0.0.1:${port}"`, `origin = "${name}"`] : undefined;
  fs.writeFileSync(settings, door("officers", limits, where) + door("public", limits) + BACKUP + login);
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
  return { officers: named ? name : doors[0], public: doors[1], pid: child.pid, log: () => said, stop };
}
