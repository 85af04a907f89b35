// A delivery is followed to the shops.
import assert from "node:assert/strict";

import { dairy, DELIVERY } from "../kit/dairy.js";
import { journey } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { world } from "../kit/world.js";

const it = world({ prepare: dairy });
/** When events were captured is the time of the journey, and so is the day of a notice; what else the ledger holds is other journeys'. */
const hide = [
  [/\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/g, "<a time>"],
  [/账本(第|前) \d+ 条/g, "账本$1 <n> 条"],
  [/(?<=^\s*- paragraph: )\d{4}年\d{1,2}月\d{1,2}日$/gm, "<a day>"],
];
/** The numbers of pieces that a text names, added. */
function pieces(text) {
  return [...text.matchAll(/(\d+) 件/g)].reduce((sum, [, n]) => sum + Number(n), 0);
}

journey(it, "where a delivery went, where it is now, and the list for the authority", async (kind) => {
  const officer = await it.as("city-office", kind);
  await officer.go("/");
  await officer.click("nav a[href='/trace']");
  await look(officer, "trace");
  await officer.page.fill("#id", DELIVERY);
  await officer.click("form.choose button");
  assert.match(await officer.text(), /涉及 1200 件、21 个批次或品种，接收方 121 个/);
  await look(officer, "trace-delivery", { hide });
  const href = await officer.page.locator("main a[href$='as=csv']").getAttribute("href");
  const list = await (await officer.fetch(href)).text();
  assert.equal(list.trimEnd().split("\n").length, 1 + 1221, "every piece and lot is in the file");
  // A box of the picture is the page of the lot.
  await officer.click(officer.page.locator("main figure svg a").first());
  assert.match(officer.path, /^\/trace\?id=/);
  assert.match(await officer.text(), /经过/);
  await officer.go("/trace?id=nobody-knows-this", 404);
  await look(officer, "trace-unknown");
});

journey(it, "where it is on the map, the workbook for the authority, a notice for each shop", async (kind) => {
  const officer = await it.as("city-office", kind);
  await officer.go(`/trace?id=${encodeURIComponent(DELIVERY)}`);
  // The tiles, the two lines beneath them and what is at no place any more make up the scope.
  const tiles = await officer.page.locator(".tiles .tile b").allInnerTexts();
  const lines = await officer.page.locator("main p", { hasText: /^(只知道在|地区不明)/ }).allInnerTexts();
  assert.equal(tiles.length, 7);
  assert.equal(lines.length, 2);
  assert.equal(pieces([...tiles, ...lines].join("; ")) + 60 + 485, 1200);
  // A tile leads to its places, a place to its notice.
  await officer.click(officer.page.locator(".tiles a", { hasText: "陇西县" }));
  assert.match(officer.path, /in=621122/);
  await look(officer, "trace-places", { hide });
  await officer.click(officer.page.locator("main table a[href^='/trace/notices']").first());
  assert.equal(await officer.page.locator("article.letter").count(), 1);
  await look(officer, "trace-notice", { hide });
  const pdf = await officer.fetch(await officer.page.locator("article.letter a").getAttribute("href"));
  assert.match(pdf.headers()["content-type"], /pdf/);
  // All of them, a sheet each when printed.
  await officer.go(`/trace/notices?id=${encodeURIComponent(DELIVERY)}`);
  assert.equal(await officer.page.locator("article.letter").count(), 25);
  await look(officer, "trace-notices", { hide });
  let n = 25;
  while (await officer.page.locator("main a[href*='from=']").filter({ hasText: "后" }).count()) {
    await officer.click(officer.page.locator("main a[href*='from=']").filter({ hasText: "后" }));
    n += await officer.page.locator("article.letter").count();
  }
  assert.ok(n >= 121, `${n} notices`);
  // Each list by itself has the same sum.
  await officer.go(`/trace?id=${encodeURIComponent(DELIVERY)}`);
  const list = await officer.page.locator("main a[href*='list=fates']").getAttribute("href");
  const fates = await (await officer.fetch(list)).text();
  const counts = fates.trim().split("\n").slice(1).map((row) => Number(row.split(",").at(-1)));
  assert.equal(counts.reduce((sum, n) => sum + n, 0), 1200);
  const book = await officer.page.locator("main .actions a", { hasText: "XLSX" }).getAttribute("href");
  assert.match((await officer.fetch(book)).headers()["content-type"], /spreadsheetml/);
});

journey(it, "who has no right for events does not learn that there are any", async (kind) => {
  const reader = await it.as("zhang-gov", kind);
  await reader.go("/");
  assert.equal(await reader.page.locator("nav a[href='/trace']").count(), 0);
  for (const page of ["", "/places", "/export", "/notices"]) {
    await reader.go(`/trace${page}?id=${encodeURIComponent(DELIVERY)}`, 404);
  }
});
