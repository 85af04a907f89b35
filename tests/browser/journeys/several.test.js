// One step of two cases at once, a comment, and a view that is kept.
import assert from "node:assert/strict";

import { journey } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { plans } from "../kit/plans.js";
import { world } from "../kit/world.js";

// Two for each kind of browser.
const it = world({ prepare: (project) => plans(project, 4) });
const own = (kind) => it.prepared.slice(kind.script ? 0 : 2, kind.script ? 2 : 4);
const as = (kind, name) => (kind.script ? name : `${name}-plain`);

journey(it, "two plans are proposed at once", async (kind) => {
  const quality = await it.as("longxi-quality", kind);
  await quality.go("/cases/several");
  await quality.click("main a[href*='procedure=sampling.plan&step=issue']");
  await quality.press("试办", { status: 422 });
  await look(quality, as(kind, "several-wrong"));
  for (const number of own(kind)) {
    await quality.page.check(`main input[name=cases][value='${number}']`);
  }
  await quality.press("试办");
  assert.match(await quality.text(), /还没有写入/);
  await look(quality, as(kind, "several-preview"));
  await quality.click("main form button.first");
  assert.match(await quality.text(), /2 个案件中办理了 2 个/);
  await look(quality, as(kind, "several-done"));
});

journey(it, "colleagues speak of a case", async (kind) => {
  const quality = await it.as("longxi-quality", kind);
  await quality.go(`/cases/${own(kind)[0]}`);
  await quality.page.fill("main textarea[name=body]", "批次数请再核对（演示）");
  await quality.press("留言");
  const head = await it.as("longxi-head", kind);
  await head.go(`/cases/${own(kind)[0]}`);
  assert.match(await head.text(), /批次数请再核对/);
});

journey(it, "a view is kept and stands on the start", async (kind) => {
  const office = await it.as("city-office", kind);
  await office.go("/r/621122?period=2013");
  await office.click("footer a[href^='/account/views']");
  await look(office, as(kind, "views-new"));
  await office.page.fill("main input[name=name]", as(kind, "陇西 2013"));
  await office.press("保存视图");
  await look(office, as(kind, "views"));
  await office.go("/");
  await office.follow(as(kind, "陇西 2013"));
  assert.equal(office.path, "/r/621122?period=2013");
});
