// The walkthrough for programs: its blocks of Python are run one after the other against the demonstration, and print what it says.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

import { ACCEPT, HERE } from "../kit/tools.js";
import { world } from "../kit/world.js";

const it = world();
const GUIDE = path.join(HERE, "../../docs/guide");
const run = promisify(execFile);

/** Blocks of a language in a guide, without the indentation of their list. */
function blocks(name, language) {
  const text = fs.readFileSync(path.join(GUIDE, name), "utf8");
  const found = text.matchAll(new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^\\1\`\`\`$`, "gm"));
  return [...found].map(([, indent, body]) => body.replaceAll(new RegExp(`^${indent}`, "gm"), ""));
}

test("the walkthrough in Python prints what it says", { timeout: 120_000 }, async () => {
  const reader = await it.as("city-leader");
  await reader.go("/account/confirm");
  await reader.confirm();
  await reader.go("/account");
  await reader.page.fill("#token-name", "笔记本");
  await reader.page.fill("#token-days", "1");
  await reader.page.locator("main input[name=scopes][value=see]").check();
  await reader.click("main form[action='/account/tokens'] button");
  const token = (await reader.page.locator("code.secret").innerText()).trim();

  const python = path.join(path.dirname(process.env.ZHIHENG_SCHEMATHESIS ?? ""), "python");
  assert.ok(fs.existsSync(python), "Python is missing: run the journeys by `cargo xtask browser`");
  const code = blocks("api.md", "python");
  assert.equal(code.length, 4);
  assert.deepEqual(blocks("api.zh-CN.md", "python"), code, "both languages run the same");
  // One program, as a notebook is; a mark between the blocks.
  const mark = "----8<----";
  const env = { ...process.env, ZHIHENG_ORIGIN: reader.origin, ZHIHENG_TOKEN: token, PYTHONIOENCODING: "utf-8" };
  const { stdout } = await run(python, ["-c", code.join(`\nprint("${mark}")\n`)], { env, cwd: it.project });
  const printed = stdout.split(`${mark}\n`);
  for (const name of ["api.md", "api.zh-CN.md"]) {
    const said = blocks(name, "text");
    if (ACCEPT) keep(name, printed);
    else assert.deepEqual(printed, said, name);
  }
});

/** Writes what was printed into the guide. */
function keep(name, printed) {
  const file = path.join(GUIDE, name);
  let n = 0;
  const text = fs.readFileSync(file, "utf8").replaceAll(/^( *)```text\n[\s\S]*?^\1```$/gm, (_, indent) => {
    const lines = printed[n++].trimEnd().split("\n").map((line) => (line ? indent + line : line));
    return `${indent}\`\`\`text\n${lines.join("\n")}\n${indent}\`\`\``;
  });
  fs.writeFileSync(file, text);
}
