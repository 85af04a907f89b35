// An enterprise reads its own file and objects to a statement, with proof.
import assert from "node:assert/strict";

import { journey } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { world } from "../kit/world.js";

const it = world();

journey(it, "an enterprise reads its file, and nobody else's", async (kind) => {
  const firm = await it.as("flour-mill", kind);
  await firm.follow("我的企业", { within: "nav.menu" });
  await look(firm, "firm-home");
  await firm.go("/cases", 404);
  await firm.go("/e/91350100M0001TGQXM", 404);
  const report = await firm.fetch("/enterprise/credit/report.json");
  const drawn = await report.json();
  if (drawn) assert.equal(drawn.scope, "self");
});

// The same recall goes on through both kinds of browser: the first finishes it, the second closes it with its report.
journey(it, "what waits for the enterprise leads to its step", async (kind) => {
  const firm = await it.as("flour-mill", kind);
  await firm.go("/enterprise");
  const step = await firm.page.locator("main a[href^='/enterprise/cases/recall.consumer-'][href*='/steps/']").first().getAttribute("href");
  const name = step.split("/").at(-1);
  assert.ok(["finish", "close"].includes(name), step);
  await firm.click(`main a[href='${step}']`);
  await look(firm, `firm-${name}`);
  // Without what is asked for the step is not taken, and says so.
  await firm.click("main form button.first", 422);
  await look(firm, `firm-${name}-wrong`);
  if (name === "finish") {
    await firm.page.locator("main form textarea").first().fill("召回1180件，其余已售出（演示）");
  } else {
    const file = { name: "总结报告.txt", mimeType: "text/plain", buffer: Buffer.from("召回总结（演示）\n") };
    await firm.page.setInputFiles("main input[type=file]", file);
  }
  await firm.click("main form button.first");
  assert.match(firm.path, /^\/enterprise\/cases\/recall\.consumer-/);
  assert.match(await firm.text(), name === "finish" ? /召回完成/ : /归档/);
  await look(firm, `firm-case-after-${name}`);
});
