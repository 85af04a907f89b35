// Two reviewers score a county behind each other's back, the office opens the sealed sheets and settles the score.
import assert from "node:assert/strict";

import { journey } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { world } from "../kit/world.js";

const it = world();
// A county for each kind of browser: what is sealed stays sealed.
const place = (kind) => (kind.script ? "621122" : "621125");
const SCHEME = "assessment.county_stages_2014";

/** Fills the sheet of a reviewer. */
async function mark(reviewer, plan, meetings, comment) {
  await reviewer.page.selectOption("main select[name=points-plan]", plan);
  await reviewer.page.fill("main input[name=points-meetings]", meetings);
  await reviewer.page.fill("main input[name=comment-meetings]", comment);
}

journey(it, "a county is scored blind", async (kind) => {
  const page = `/assess/${SCHEME}/2014/${place(kind)}/dossier`;
  if (kind.script) {
    const reporter = await it.as("longxi-reporter", kind);
    await reporter.go(page);
    await look(reporter, "dossier-give");
    await reporter.page.selectOption("main select[name=criterion]", "plan/plan");
    await reporter.page.setInputFiles("main input[type=file]", {
      name: "规划.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("列入国民经济和社会发展规划（演示）\n"),
    });
    await reporter.press("提交");
    assert.match(await reporter.text(), /证明材料[\s\S]*plan/);
  }

  const one = await it.as("assessor-1", kind);
  await one.go(`/assess/${SCHEME}/2014/dossiers`);
  assert.match(await one.text(), /待声明/);
  await one.click(`main a[href='${page}']`);
  await look(one, kind.script ? "dossier-declare" : "dossier-declare-plain");
  await one.page.selectOption("main select[name=interested]", "no");
  await one.press("声明");
  await mark(one, "20", "21", "");
  await one.press("保存", { status: 422 });
  assert.equal(await one.page.locator("main input[name=points-meetings][aria-invalid=true]").count(), 1);
  await look(one, kind.script ? "dossier-sheet-wrong" : "dossier-sheet-wrong-plain");
  await mark(one, "20", "12", "会议记录不全（演示）");
  await one.press("密封");
  assert.match(await one.text(), /已于 .* 密封/);
  await look(one, kind.script ? "dossier-sealed" : "dossier-sealed-plain");

  const two = await it.as("assessor-2", kind);
  await two.go(page);
  assert.doesNotMatch(await two.text(), /会议记录不全/, "nobody sees another's sheet");
  await two.page.selectOption("main select[name=interested]", "no");
  await two.press("声明");
  await mark(two, "10", "15", "");
  await two.press("密封");

  const office = await it.as("city-reviewer", kind);
  await office.go(page);
  await office.press("启封");
  assert.match(await office.text(), /会议记录不全/);
  await look(office, kind.script ? "dossier-opened" : "dossier-opened-plain");
  await office.press("定分", { status: 422 });
  await office.page.fill("main input[name=reason-plan]", "列入的是部门规划（演示）");
  await office.press("定分");
  assert.match(await office.text(), /已定分/);
  await look(office, kind.script ? "dossier-settled" : "dossier-settled-plain");
});
