// Pages by keyboard, on paper, large, without motion, in the system's own colours.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { KINDS, journey } from "../kit/journey.js";
import { walk } from "../kit/keyboard.js";
import { picture } from "../kit/look.js";
import { PASSWORD } from "../kit/project.js";
import { OUT } from "../kit/tools.js";
import { world } from "../kit/world.js";

const it = world();
const NUMBER = "/m/sampling.pass_rate/621100/2013";

journey(it, "every stop of the keyboard is in order, in view and has a ring", async (kind) => {
  const officer = await it.as("city-office", kind);
  for (const page of ["/", NUMBER, "/cases", "/assess/dingxi.county/2014-07-01..2015-06-30", "/account"]) {
    await officer.go(page);
    const stops = await walk(officer.page);
    assert.match(stops[0].name, /^a 跳到正文/, `${page}: the first stop skips to the text`);
    const orders = stops.map((stop) => stop.order);
    assert.deepEqual(orders, orders.toSorted((a, b) => a - b), `${page}: stops come in the order of the page`);
    const bad = stops.filter((stop) => !stop.ring || !stop.inView || stop.covered);
    assert.deepEqual(bad, [], `${page}: stops that cannot be seen`);
  }
});

journey(it, "the skip link goes to the text, and the next stop is in it", async (kind) => {
  const officer = await it.as("city-office", kind);
  await officer.go(NUMBER);
  await officer.page.keyboard.press("Tab");
  await officer.page.keyboard.press("Enter");
  await officer.page.keyboard.press("Tab");
  assert.equal(await officer.page.evaluate(() => document.activeElement.closest("main") !== null), true);
});

journey(it, "signing in and going to the rows takes a keyboard only", async (kind) => {
  const officer = await it.visitor(kind);
  const { page } = officer;
  await officer.go("/login");
  await page.focus("#login");
  await page.keyboard.type("city-office");
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname === "/");
  await officer.go(NUMBER);
  const link = page.locator(`main a[href^='${NUMBER}/records']`).first();
  await link.focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/records/);
});

journey(it, "a number on paper says what it is, when and from where", async (kind) => {
  const officer = await it.as("city-office", kind);
  await officer.go(NUMBER);
  const file = path.join(OUT, "number.pdf");
  await officer.page.pdf({ path: file, format: "A4", preferCSSPageSize: true });
  const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
  assert.match(text, /85\.9/);
  assert.match(text, /1,?417 ÷ 1,?650/);
  assert.match(text, /产品质量监督抽查合格率/);
  assert.match(text, /20\d\d-\d\d-\d\d/, "the day it was printed");
  for (const only of ["退出", "English", "跳到正文", "应用"]) {
    assert.equal(text.includes(only), false, `${only} is for screens`);
  }
  assert.ok(fs.statSync(file).size > 10_000);
  await officer.page.emulateMedia({ media: "print" });
  await picture(officer.page, "number-print");
  await officer.page.emulateMedia({ media: "screen" });
});

journey(it, "nothing moves for those who do not want it", async () => {
  const officer = await it.as("city-office", { more: { reducedMotion: "reduce" } });
  for (const page of ["/", "/r/621100", NUMBER]) {
    await officer.go(page);
    const moving = await officer.page.evaluate(() =>
      [...document.querySelectorAll("*")].filter((each) => {
        const style = getComputedStyle(each);
        return [style.transitionDuration, style.animationDuration].some((all) => all.split(", ").some((each) => parseFloat(each) > 0));
      }).map((each) => each.outerHTML.slice(0, 80)),
    );
    assert.deepEqual(moving, [], page);
  }
}, { kinds: KINDS.slice(0, 1) });

journey(it, "large letters and the system's colours lose nothing", async () => {
  const officer = await it.as("city-office", { width: 360, more: { forcedColors: "active" } });
  await officer.page.selectOption("#size", "large");
  await officer.click(".foot form button");
  for (const page of ["/", "/r/621100?period=2013", NUMBER, "/cases", "/account"]) {
    await officer.go(page);
    const wide = await officer.page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 360, `${page} is ${wide} px wide`);
  }
  await picture(officer.page, "account-large-forced-360");
}, { kinds: KINDS.slice(0, 1) });
