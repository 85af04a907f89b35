// Requests made from a description, good and bad; the answers are held against it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

import { HERE, OUT } from "./tools.js";

const EXAMPLES = process.env.ZHIHENG_EXAMPLES ?? "50";

/** Runs schemathesis over a description; what it found stands whole in a file of that name. */
export async function schemathesis(name, description, token, more = [], options = {}) {
  const command = process.env.ZHIHENG_SCHEMATHESIS;
  assert.ok(command, "schemathesis is missing: run the journeys by `cargo xtask browser`");
  const config = ["--config-file", path.join(HERE, "kit/schemathesis.toml")];
  const args = [...config, "run", description, "--header", `Authorization: Bearer ${token}`, ...more];
  const how = ["--max-examples", EXAMPLES, "--phases", "examples,coverage,fuzzing", "--seed", "20131021"];
  const quiet = ["--no-color", "--no-shrink", "--generation-database", "none", "--warnings", "off"];
  // Which indicators, regions, periods and things there are is no matter of syntax: well-formed words that name nothing are
  // answered by 422 with a code, so only that one check is left out.
  const but = ["--exclude-checks", "positive_data_acceptance"];
  const run = promisify(execFile)(command, [...args, ...how, ...quiet, ...but], { maxBuffer: 64 << 20, ...options });
  await run.catch((problem) => {
    const file = path.join(OUT, `schemathesis-${name}.txt`);
    fs.mkdirSync(OUT, { recursive: true });
    fs.writeFileSync(file, problem.stdout);
    const found = problem.stdout.split("\n").filter((line) => /^(__|- )|^\[\d{3}\]|curl /.test(line.trim()));
    throw new Error(`schemathesis found (all of it in ${file}):\n${found.slice(0, 40).join("\n")}`);
  });
}
