// The demonstration's project with an account for every role. It is made once; each journey that writes works on a copy.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { COMMAND } from "./tools.js";

/** The password of every account. */
export const PASSWORD = "correct horse battery";

/** Accounts: login, name (a post, never a person), role, region, more words of the command. */
const ACCOUNTS = [
  ["longxi-quality", "质量股股长", "handler", "621122"],
  ["longxi-head", "局长", "approver", "621122"],
  ["longxi-reporter", "抽查统计岗", "reporter", "621122"],
  ["city-office", "质量办主任", "handler", "621100"],
  ["city-reviewer", "市局统计岗", "reviewer", "621100"],
  ["assessor-1", "评审岗一", "assessor", "621100"],
  ["assessor-2", "评审岗二", "assessor", "621100"],
  ["city-leader", "分管副市长", "leader", "621100"],
  ["zhang-gov", "漳县政府办主任", "reader", "621125"],
  ["flour-mill", "示例粉业有限公司", "enterprise", "621122", "--enterprise", "91621122123456788Q"],
  ["sysadmin", "系统管理员", "system-admin", "621100"],
  ["secadmin", "安全管理员", "security-admin", "621100"],
  ["auditor", "审计管理员", "audit-admin", "621100"],
];

/** Runs the command in a project and answers what it prints. */
export function zhiheng(project, args, input) {
  const env = { ...process.env, ZHIHENG_NO_PROGRESS: "true", ZHIHENG_LANG: "zh-CN" };
  const options = { input, env, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"], maxBuffer: 64 << 20 };
  try {
    return execFileSync(COMMAND, ["--project", project, ...args], options);
  } catch (problem) {
    throw new Error(`zhiheng ${args.join(" ")}: ${problem.stderr || problem.message}`);
  }
}

/** Makes the project that all journeys start from. */
export function make(folder) {
  execFileSync(COMMAND, ["init", folder, "--example", "dingxi"], { stdio: ["ignore", "ignore", "pipe"] });
  for (const [login, name, role, region, ...more] of ACCOUNTS) {
    const args = ["account", "add", login, "--name", name, "--role", role, "--region", region, ...more];
    zhiheng(folder, [...args, "--password-stdin"], `${PASSWORD}\n`);
  }
}

/** A copy that goes away with the process. */
export function copy() {
  const base = process.env.ZHIHENG_BROWSER_BASE;
  if (!base) throw new Error("start the journeys with run.js: it makes the project first");
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "zhiheng-journey-"));
  fs.cpSync(base, folder, { recursive: true });
  process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}
