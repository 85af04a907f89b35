// Plans: what a county is to come to, what its offices have to do, who was drawn and inspected.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";

import { journey } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { zhiheng } from "../kit/project.js";
import { world } from "../kit/world.js";

const DRAWN = ["91621122MA00000155", "91621122MA0000031T"];

/** A target, tasks, a recorded draw and two of its inspections, as an office enters them. */
function prepare(project) {
  const enter = (of, lines) => {
    const file = path.join(project, `${of}.csv`);
    fs.writeFileSync(file, `${lines.join("\n")}\n`);
    zhiheng(project, ["record", "import", file, "--type", of]);
  };
  enter("responsibility.target", [
    "number,indicator,region,period,value,decided_on",
    "MB-2014-01,sampling.pass_rate,621122,2014,90,2014-01-15",
  ]);
  enter("responsibility.task", [
    "number,letter,clause,says,lead,due_on,state,done_on",
    "ZR-2014-03-1,ZR-2014-03,1,组织监督抽查,质量监督股,2014-12-31,done,2014-12-20",
    "ZR-2014-03-2,ZR-2014-03,2,公布抽查结果,质量监督股,2014-12-31,open,",
  ]);
  enter("inspection.object", [
    "library,enterprise,class,located_in,since_day",
    ...DRAWN.map((code) => `示例名录,${code},A,621122,2013-01-01`),
  ]);
  const draw = ["--library", "示例名录", "--region", "621122", "--number", "CQ-2014-1", "--seed", "20140303"];
  const from = ["--seed-from", "示例种子来源", "--sizes", "A=2", "--on", "2014-03-03", "--record", "--by", "信用监管科"];
  zhiheng(project, ["plan", "draw", ...draw, ...from]);
  enter("inspection.visit", [
    "number,plan,enterprise,located_in,on_day,level,kind,samples,state",
    `JC-2014-1,CQ-2014-1,${DRAWN[0]},621122,2014-03-10,县级,随机检查,否,已实施`,
    `JC-2014-2,CQ-2014-1,${DRAWN[1]},621122,2014-03-11,县级,随机检查,否,计划`,
  ]);
}

const it = world({ prepare });

journey(it, "a region's plans, with how far they are", async (kind) => {
  const officer = await it.as("longxi-quality", kind);
  await officer.follow("计划", { within: "nav.menu" });
  await officer.go("/plans?region=621122&period=2014");
  const text = await officer.text();
  assert.match(text, /MB-2014-01/);
  assert.match(text, /ZR-2014-03/);
  await look(officer, "plans");
  await officer.follow("ZR-2014-03");
  assert.match(await officer.text(), /公布抽查结果/);
  await look(officer, "plan-tasks");
});

journey(it, "one plan: the draw can be repeated, and each object has its inspection", async (kind) => {
  const officer = await it.as("longxi-quality", kind);
  await officer.go("/plans?region=621122&period=2014");
  await officer.follow("CQ-2014-1");
  const text = await officer.text();
  assert.match(text, /抽中 2 家.*计划 1 次，已实施 1 次/s);
  assert.match(text, /20140303/);
  assert.match(text, /sha256:[0-9a-f]{64}/);
  await look(officer, "plan");
  for (const link of await officer.page.locator("main a", { hasText: /^(JSON|XLSX|CSV: .*)$/ }).all()) {
    const href = await link.getAttribute("href");
    assert.equal((await officer.fetch(href)).status(), 200, href);
  }
  await officer.follow("已实施");
  assert.match(officer.path, /^\/records\/\d+$/);
  // In another county it is not there.
  const other = await it.as("zhang-gov", kind);
  await other.go("/plans/CQ-2014-1", 404);
});
