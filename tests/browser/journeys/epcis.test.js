// The REST binding of EPCIS: a client's walk with curl, and requests made from GS1's own description of it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

import { schemathesis } from "../kit/schemathesis.js";
import { HERE } from "../kit/tools.js";
import { world } from "../kit/world.js";

const run = promisify(execFile);
const EPCIS = path.join(HERE, "../epcis");
const OFFICIAL = path.join(HERE, "../../../shared/data/trace/schema/openapi.json");

const it = world();

/** A token of the office that handles recalls, and where the server is. */
async function program() {
  const office = await it.as("city-office");
  await office.go("/account/confirm");
  await office.confirm();
  await office.go("/account");
  await office.page.fill("#token-name", "追溯接口检查");
  await office.page.fill("#token-days", "1");
  for (const box of await office.page.locator("main input[name=scopes]").all()) await box.check();
  await office.click("main form[action='/account/tokens'] button");
  return { origin: office.origin, token: (await office.page.locator("code.secret").innerText()).trim(), office };
}

test("a client's walk with curl", { timeout: 120_000 }, async () => {
  const { origin, token } = await program();
  const { stdout } = await run("sh", [path.join(EPCIS, "walk.sh"), origin, token]).catch((problem) => {
    throw new Error(`${problem.stdout}\n${problem.stderr}`);
  });
  assert.match(stdout, /walked\n$/);
});

test("requests of GS1's own description", { timeout: 900_000 }, async (t) => {
  if (!fs.existsSync(OFFICIAL)) {
    assert.ok(!process.env.CI, `${OFFICIAL} is missing`);
    return t.skip(`${OFFICIAL} is missing`);
  }
  const { origin, token, office } = await program();
  // What is mended or left out in GS1's file, and why, stands in that small file.
  const mended = path.join(it.project, "openapi.json");
  await run("python3", [path.join(EPCIS, "mend.py"), OFFICIAL, mended]);
  await schemathesis("epcis", mended, token, ["--url", `${origin}/epcis/v2`], { cwd: it.project });
  const health = await office.fetch("/health");
  assert.equal((await health.text()).trim(), "ok");
});
