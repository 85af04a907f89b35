// Looks at the page in a visitor's window as ux.md and WCAG 2.2 AA want it. Everything wrong with a page is told at once, with a
// screenshot and the page's HTML to look at.
import fs from "node:fs";
import path from "node:path";

import { compare } from "./snapshot.js";
import { AXE, OUT } from "./tools.js";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** Widths of pictures; reflow is looked at in 320 px, which is 1280 px at 400 %. */
const WIDTHS = [1440, 768, 360];
/** What a narrow window can break. */
const NARROW = ["target-size", "scrollable-region-focusable", "css-orientation-lock", "meta-viewport"];
/** Bytes of a first view, compressed. */
const WEIGHT = 60 * 1024;

/**
 * Looks at the page under a name. `frame`: the whole page in the snapshot, not only its main part; `pictures`: false leaves them
 * out; `weight`: bytes that it may have; `hide`: masks and words for what differs between two visits; `compared`: false for what
 * depends on the day of the run.
 */
export async function look(visitor, name, { frame = false, pictures = true, weight = WEIGHT, hide = [], compared = true } = {}) {
  const { page } = visitor;
  const wrong = visitor.complaints.splice(0);
  wrong.push(...(await weighed(visitor, weight)));
  // That a form is kept for times without a network is said a moment later, with script only; with forms that wait it stays.
  if (visitor.script) {
    await page.evaluate(() => {
      const outbox = document.getElementById("outbox");
      if (outbox && !outbox.querySelector("li")) outbox.remove();
    });
  }
  // The same tree with script and without: pages need none.
  const tree = await page.locator(frame ? "body" : "main").ariaSnapshot();
  const shown = hide.reduce((text, [mask, word]) => text.replace(mask, word), tree);
  if (compared) wrong.push(...compare(name, shown));
  // A text that is missing shows its id.
  for (const missing of new Set(tree.match(/«[\w.-]+»/g))) wrong.push(`no text for ${missing}`);
  if (visitor.script) {
    wrong.push(...(await judged(page, "")));
    await page.emulateMedia({ colorScheme: "dark" });
    wrong.push(...(await judged(page, " (dark)", ["color-contrast", "link-in-text-block"])));
    await page.emulateMedia({ colorScheme: "light" });
    for (const width of [...WIDTHS, 320]) {
      await page.setViewportSize({ width, height: width === 320 ? 256 : 900 });
      wrong.push(...(await overflowing(page, width)));
      if (width === 360) wrong.push(...(await judged(page, " (360 px)", NARROW)));
      if (pictures && width !== 320) await picture(page, `${name}-${width}`);
    }
    await page.setViewportSize({ width: visitor.width, height: 900 });
  }
  wrong.push(...visitor.complaints.splice(0));
  if (wrong.length > 0) await fail(visitor, name, wrong);
}

/** Bytes of the page and of what it asked for, as a first visit takes them over the wire. */
async function weighed(visitor, most) {
  let bytes = 0;
  for (const url of visitor.asked) bytes += visitor.weights.get(url) ?? 0;
  return bytes > most ? [`first view weighs ${bytes} bytes, more than ${most}`] : [];
}

/** Violations that axe-core finds. */
async function judged(page, where, rules) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const runOnly = rules ? { type: "rule", values: rules } : { type: "tag", values: RULES };
  const found = await page.evaluate(
    async (only) => (await window.axe.run({ runOnly: only, resultTypes: ["violations"] })).violations,
    runOnly,
  );
  return found.map((rule) => {
    const nodes = rule.nodes.slice(0, 3).map((node) => `\n    ${node.html.slice(0, 160)}`);
    return `axe${where}: ${rule.id} × ${rule.nodes.length}: ${rule.help}${nodes.join("")}`;
  });
}

/** Whether the page itself scrolls sideways; tables may, in their own frame. */
async function overflowing(page, width) {
  const found = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth;
    const room = document.documentElement.clientWidth;
    if (wide <= room) return null;
    const guilty = [...document.querySelectorAll("body *")].filter((each) => {
      const box = each.getBoundingClientRect();
      return box.right > room + 1 && !each.closest(".scroll, svg, .hidden, .skip");
    });
    return `${wide} px: ${guilty.slice(0, 3).map((each) => each.outerHTML.slice(0, 120)).join("\n    ")}`;
  });
  return found ? [`scrolls sideways at ${width} px, being ${found}`] : [];
}

/** A picture of the whole page. */
export async function picture(page, name) {
  fs.mkdirSync(path.join(OUT, "pages"), { recursive: true });
  await page.screenshot({ path: path.join(OUT, "pages", `${name}.png`), fullPage: true });
}

/** Throws what is wrong, having kept the page. */
async function fail(visitor, name, wrong) {
  const kept = await keep(visitor, name);
  throw new Error(`${name} (${visitor.path}):\n  ${wrong.join("\n  ")}\n  picture: ${kept}.png\n  page: ${kept}.html`);
}

/** Keeps picture and HTML of the page in the window; answers the path without ending. */
export async function keep(visitor, name) {
  const folder = path.join(OUT, "failures");
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}-${visitor.script ? "script" : "plain"}`);
  await visitor.page.screenshot({ path: `${file}.png`, fullPage: true }).catch(() => {});
  fs.writeFileSync(`${file}.html`, await visitor.page.content().catch(() => ""));
  return file;
}
