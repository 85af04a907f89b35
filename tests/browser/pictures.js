// The pictures of docs/: written from the pages as they are, in both languages, small enough for a repository.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { lines, mend, send, settled, spoilt } from "./kit/batches.js";
import { dairy, DELIVERY } from "./kit/dairy.js";
import { plans } from "./kit/plans.js";
import { HERE } from "./kit/tools.js";
import { World } from "./kit/world.js";

const FOLDER = path.join(HERE, "../../docs/images");
/** What a picture may weigh. */
const BYTES = 150 * 1024;
const YEAR = "2014-07-01..2015-06-30";

let count = 0;

/** Keeps what is in the window, down to `height` pixels, in 64 colours. */
async function keep(visitor, name, height = 900) {
  const file = path.join(FOLDER, `${name}.${visitor.lang}.png`);
  const whole = await visitor.page.evaluate(() => document.body.scrollHeight);
  const clip = { x: 0, y: 0, width: visitor.width, height: Math.min(height, whole) };
  await visitor.page.screenshot({ path: file, fullPage: true, clip });
  execFileSync("pngquant", ["--force", "--ext", ".png", "--strip", "64", file]);
  const size = fs.statSync(file).size;
  if (size > BYTES) throw new Error(`${file} has ${size} bytes, more than ${BYTES}`);
  count += 1;
}

/** Writes them all; answers how many. */
export async function pictures() {
  fs.mkdirSync(FOLDER, { recursive: true });
  const world = await new World().open((project) => {
    dairy(project);
    return plans(project, 2);
  });
  try {
    for (const [n, lang] of ["zh-CN", "en"].entries()) {
      const as = async (login) => {
        const visitor = await world.as(login, { lang, width: 1100 });
        visitor.lang = lang;
        return visitor;
      };
      await decide(as, world.prepared[n]);
      await grade(as);
      await handIn(as, 2014 + n);
      await recall(as);
    }
  } finally {
    await world.close();
  }
  return count;
}

/** docs/guide/decide-a-case.md */
async function decide(as, number) {
  const quality = await as("longxi-quality");
  await quality.go(`/cases/${number}`);
  await keep(quality, "guide-case-1-ready", 800);
  await quality.click(`main a[href$='/steps/issue']`);
  await keep(quality, "guide-case-2-step", 600);
  await quality.click("main form button.first");
  const head = await as("longxi-head");
  await head.go(`/cases/${number}`);
  await keep(head, "guide-case-3-approve", 700);
  await head.click("main form button.first", 403);
  await head.click("main a.button");
  await keep(head, "guide-case-4-confirm", 600);
  await head.confirm();
  await head.click("main form button.first");
  await keep(head, "guide-case-5-decided", 1500);
}

/** docs/guide/read-a-grade.md and the two of the README. */
async function grade(as) {
  const officer = await as("city-office");
  await officer.go("/r/621100?period=2013");
  await keep(officer, "page-region", 900);
  await officer.go(`/assess/dingxi.county/${YEAR}`);
  await keep(officer, "guide-grade-1-table", 700);
  await officer.click(`main a[href$='/621122']`);
  await keep(officer, "guide-grade-2-why", 900);
  await officer.click("main a[href^='/m/sampling.pass_rate/621122/']");
  await keep(officer, "guide-grade-3-number", 900);
  await officer.click("main a[href*='/records']");
  await keep(officer, "guide-grade-4-rows", 700);
  // The last: the first ones were written by steps of cases and stood in no file.
  await officer.click(officer.page.locator("main a[href^='/records/']").last());
  await keep(officer, "guide-grade-5-record", 1200);
}

/** docs/guide/hand-in.md */
async function handIn(as, year) {
  const reporter = await as("longxi-reporter");
  const page = `/submit/sampling.batch/621122/${year}Q4`;
  await reporter.go("/submit");
  await keep(reporter, "guide-hand-in-1-list", 700);
  await reporter.go(page);
  await keep(reporter, "guide-hand-in-2-quarter", 900);
  await reporter.page.fill("textarea[name=table]", lines(spoilt(year), "\t"));
  reporter.expected = [303, 422];
  await send(reporter, "table");
  await settled(reporter);
  await keep(reporter, "guide-hand-in-3-wrong", 1000);
  await mend(reporter, year);
  reporter.expected = 200;
  await send(reporter, "cells");
  await settled(reporter);
  await keep(reporter, "guide-hand-in-4-checked", 1000);
  await send(reporter, "send");
  await settled(reporter);
  await keep(reporter, "guide-hand-in-5-receipt", 900);
  const reviewer = await as("city-reviewer");
  await reviewer.go(`/review/sampling.batch/621122/${year}Q4`);
  await keep(reviewer, "guide-hand-in-6-review", 1000);
}

/** docs/guide/recall.md */
async function recall(as) {
  const officer = await as("city-office");
  await officer.go(`/trace?id=${encodeURIComponent(DELIVERY)}`);
  await keep(officer, "guide-recall-1-scope", 900);
  await officer.click(officer.page.locator("main figure svg a").last());
  await keep(officer, "guide-recall-2-lot", 900);
  await officer.go(`/trace/notices?id=${encodeURIComponent(DELIVERY)}`);
  await officer.page.locator("article.letter").first().scrollIntoViewIfNeeded();
  await keep(officer, "guide-recall-3-notice", 900);
}
