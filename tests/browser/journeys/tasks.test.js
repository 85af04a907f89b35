// What waits for whom: all of it, part of it, as data; and from a task to the place where it is done.
import assert from "node:assert/strict";

import { journey } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { plans } from "../kit/plans.js";
import { world } from "../kit/world.js";

const it = world({ prepare: (project) => plans(project, 2) });
// How many returns are late depends on the day of the run.
const hide = [[/\(\d+\)/g, "(<n>)"]];

journey(it, "an officer sees what waits, filters it and goes where it is done", async (kind) => {
  const quality = await it.as("longxi-quality", kind);
  await quality.follow("我的任务", { within: "nav.menu" });
  assert.equal(quality.path, "/tasks");
  assert.match(await quality.text(), /逾期 \d+，七日内到期 \d+/);
  await look(quality, "tasks", { compared: false });
  await quality.page.selectOption("main select[name=kind]", "step");
  await quality.press("查询");
  assert.match(quality.path, /kind=step/);
  const text = await quality.text();
  assert.ok(it.prepared.every((number) => text.includes(number)), text);
  await look(quality, "tasks-steps", { hide });
  await quality.page.selectOption("main select[name=kind]", "");
  await quality.page.selectOption("main select[name=late]", "1");
  await quality.press("查询");
  const states = await quality.page.locator("main tbody tr td:nth-child(2)").allInnerTexts();
  assert.ok(states.length > 0 && states.every((state) => state === "逾期"), `${states}`);
  for (const [ending, begin] of [["json", /^\[/], ["csv", /^\ufeff/]]) {
    const href = await quality.page.locator(`main a[href*='as=${ending}']`).getAttribute("href");
    assert.match(href, /late=1/, "the twin of what is on the screen");
    const answer = await quality.fetch(href);
    assert.equal(answer.status(), 200, href);
    assert.match(await answer.text(), begin, href);
  }
  await quality.go("/tasks?kind=step");
  await quality.click(`main a[href='/cases/${it.prepared[0]}']`);
  assert.equal(quality.path, `/cases/${it.prepared[0]}`);
});

journey(it, "whoever only reads has nothing to do", async (kind) => {
  const reader = await it.as("zhang-gov", kind);
  await reader.go("/tasks");
  assert.match(await reader.text(), /现在没有等您办的事项/);
  await look(reader, "tasks-none");
});
