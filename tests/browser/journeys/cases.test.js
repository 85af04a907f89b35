// Two colleagues decide a case: one proposes, the other approves after showing the password again; the letter gets its number.
import assert from "node:assert/strict";

import { journey } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { plans } from "../kit/plans.js";
import { world } from "../kit/world.js";

// Two for each kind of browser.
const it = world({ prepare: (project) => [...plans(project, 2), ...plans(project, 2, { checked: false })] });
const taken = (kind) => it.prepared[kind.script ? 0 : 1];

journey(it, "a plan is proposed by one and approved by another", async (kind) => {
  const number = taken(kind);
  const quality = await it.as("longxi-quality", kind);
  await quality.follow("案件", { within: "nav.menu" });
  await look(quality, "cases");
  await quality.follow(number);
  await look(quality, "case-ready");
  await quality.follow("下达计划");
  await look(quality, "step-issue");
  await quality.press("下达计划");
  assert.equal(quality.path, `/cases/${number}`);
  // Whoever proposed cannot approve: there is nothing to press.
  assert.equal(await quality.page.getByRole("button", { name: "批准" }).count(), 0);
  await look(quality, "case-proposed");

  const head = await it.as("longxi-head", kind);
  await head.go(`/cases/${number}`);
  await look(head, "case-to-approve");
  await head.press("批准", { status: 403 });
  // A decision asks for the password again, and says so.
  await look(head, "confirm-asked");
  await head.click("main a.button");
  await look(head, "confirm");
  await head.confirm();
  assert.equal(head.path, `/cases/${number}`, "back to the case");
  await head.press("批准");
  const decided = await head.text();
  assert.match(decided, /下达/);
  assert.match(decided, /陇质监/, "the letter has its number");
  await look(head, "case-decided");
});

journey(it, "a step takes its file, and the file can be read again", async (kind) => {
  const number = it.prepared[kind.script ? 2 : 3];
  const office = await it.as("longxi-quality", kind);
  await office.go(`/cases/${number}`);
  await office.click("main a[href$='/steps/check']");
  await look(office, "step-check");
  await office.page.selectOption("main select[name=checked]", "true");
  // Without its file the step is not taken, and says so at the file.
  await office.click("main form button.first", 422);
  assert.equal(await office.page.locator("main select[name=checked]").inputValue(), "true");
  assert.equal(await office.page.locator("main input[type=file][aria-invalid=true]").count(), 1);
  await look(office, "step-check-wrong");
  const text = "企业负担清单（演示）：无重复抽查\n";
  await office.page.setInputFiles("main input[type=file]", {
    name: "清单 & <b>.txt",
    mimeType: "text/plain",
    buffer: Buffer.from(text),
  });
  await office.click("main form button.first");
  assert.equal(office.path, `/cases/${number}`);
  assert.match(await office.text(), /已核对/);
  assert.match(await office.text(), /清单 & <b>\.txt/, "a name is text, not markup");
  const link = office.page.locator("main a[href*='/files/']");
  if (await link.count()) {
    const answer = await office.fetch(await link.first().getAttribute("href"));
    assert.equal(await answer.text(), text);
    assert.match(answer.headers()["content-disposition"] ?? "", /^attachment/, "never opened inside the page's origin");
  }
});

journey(it, "a form that comes back keeps what was typed and says what is wrong", async (kind) => {
  const office = await it.as("longxi-quality", kind);
  const form = "/cases/enforcement.case-621122-2024-0001/steps/file";
  await office.go(form);
  await look(office, "step-file");
  const typed = "未标注生产厂名（演示）";
  const fields = office.page.locator("main form input[type=text], main form textarea");
  await fields.first().fill(typed);
  await office.click("main form button.first", 422);
  const summary = office.page.locator("[data-summary]");
  await summary.waitFor();
  assert.equal(await fields.first().inputValue(), typed);
  if (kind.script) {
    assert.equal(await summary.evaluate((each) => each === document.activeElement), true, "the summary has the focus");
  }
  // Each problem leads to its field.
  for (const href of await summary.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("href")))) {
    assert.equal(await office.page.locator(href).count(), 1, `${href} leads to a field`);
  }
  assert.match(await office.page.title(), /^错误：/);
  await look(office, "step-wrong");
});
