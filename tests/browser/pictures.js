// The pictures of docs/: written from the pages as they are, in both languages, small enough for a repository.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

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
  const world = await new World().open((project) => plans(project, 2));
  try {
    for (const [n, lang] of ["zh-CN", "en"].entries()) {
      const as = async (login) => {
        const visitor = await world.as(login, { lang, width: 1100 });
        visitor.lang = lang;
        return visitor;
      };
      await decide(as, world.prepared[n]);
      await grade(as);
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
  await keep(head, "guide-case-5-decided", 1100);
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
  await officer.click("main a[href^='/records/']");
  await keep(officer, "guide-grade-5-record", 1200);
}
