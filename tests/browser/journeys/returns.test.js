// A county hands in its quarter with three wrong rows, mends them, is sent back, corrects, is accepted.
import assert from "node:assert/strict";

import { batches, lines, mend, send, settled, spoilt } from "../kit/batches.js";
import { journey } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { world } from "../kit/world.js";

const it = world();
journey(it, "a quarter with three wrong rows is mended, sent back, corrected and accepted", async (kind) => {
  // A quarter of its own for each kind of browser.
  const year = kind.script ? "2016" : "2017";
  const page = `/submit/sampling.batch/621122/${year}Q4`;
  const review = `/review/sampling.batch/621122/${year}Q4`;
  const hide = [[new RegExp(`${year}`, "g"), "<a year>"], [/201[67]|2018/g, "<a year>"], [/:\w+"/g, ":<id>\""], [/%3A[0-9a-f]{16}/g, "%3A<id>"]];
  const see = (visitor, name) => look(visitor, name, { hide });

  const reporter = await it.as("longxi-reporter", kind);
  await reporter.go("/submit");
  // Which quarters are owed depends on the day.
  await look(reporter, "submit", { compared: false });
  await reporter.go(page);
  await see(reporter, "submit-quarter");
  const template = await reporter.fetch(`${page}/template.xlsx`);
  assert.equal((await template.body()).subarray(0, 2).toString(), "PK");

  await reporter.page.fill("textarea[name=table]", lines(spoilt(year), "\t"));
  reporter.expected = [303, 422];
  await send(reporter, "table");
  const wrong = await settled(reporter);
  for (const said of ["第 3 行", "第 5 行", "第 6 行", "6 行，3 行正确"]) assert.ok(wrong.includes(said), said);
  await see(reporter, "draft-wrong");
  const draft = reporter.path;

  await mend(reporter, year);
  reporter.expected = 200;
  await send(reporter, "cells");
  const right = await settled(reporter);
  assert.match(right, /确认报送/);
  assert.notEqual(reporter.path, draft + "/cells");
  await see(reporter, "draft-right");
  await send(reporter, "send");
  const receipt = await settled(reporter);
  assert.match(reporter.path, /^\/receipts\//);
  assert.match(receipt, /在账证明/);
  await see(reporter, "receipt");

  const reviewer = await it.as("city-reviewer", kind);
  await reviewer.go("/review");
  await look(reviewer, "review", { compared: false });
  await reviewer.go(`/review/sampling.batch/${year}Q4`);
  await see(reviewer, "review-period");
  await reviewer.go(review);
  await see(reviewer, "review-unit");
  // Sending back needs a reason.
  await reviewer.click("button[value=send_back]", 422);
  await see(reviewer, "review-wrong");
  await reviewer.page.fill("[name=faults]", "第2批日期有误");
  if (await reviewer.page.locator("[name=mend_by]").count()) await reviewer.page.fill("[name=mend_by]", "2030-10-25");
  await reviewer.click("button[value=send_back]");

  await reporter.go(page);
  assert.match(await reporter.text(), /第2批日期有误/);
  await see(reporter, "submit-returned");
  const better = batches(year);
  better[1][3] = `${year}-10-21`;
  better[4][3] = `${year}-10-18`;
  await reporter.page.setInputFiles("input[type=file]", {
    name: "改正.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(lines(better, ",")),
  });
  await send(reporter, "file");
  assert.match(await settled(reporter), /将更正/);
  await reporter.page.fill("[name=explanation]", "按抽样单改正日期");
  await send(reporter, "send");
  await settled(reporter);
  assert.match(reporter.path, /^\/receipts\//);

  await reviewer.go(review);
  await reviewer.click("button[value=accept]");
  assert.match(await reviewer.text(), /已接收/);
  await reporter.go(page);
  assert.match(await reporter.text(), /已锁定/);
  await see(reporter, "submit-accepted");
});
