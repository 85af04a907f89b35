// The desk of analysis: figures crosswise, by a form that is an address.
import assert from "node:assert/strict";

import { journey } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { world } from "../kit/world.js";

const it = world();

const COUNTIES = "/explore?indicator=sampling.pass_rate&region=621100&level=county&from=2013&to=2014";

journey(it, "figures stand crosswise, and each leads to the number", async (kind) => {
  const officer = await it.as("city-office", kind);
  await officer.go("/");
  await officer.follow("分析台", { within: "nav.menu" });
  assert.match(officer.path, /^\/explore/);
  await officer.go(COUNTIES);
  const text = await officer.text();
  assert.match(text, /陇西县/);
  assert.match(text, /zhiheng measure table sampling\.pass_rate --region 621100 --period 2013-01-01\.\.2014-12-31 --level county --each year/);
  await look(officer, "explore");
  const figure = officer.page.locator("main td a[href^='/m/sampling.pass_rate/621122/']").first();
  await officer.click(figure);
  assert.match(officer.path, /^\/m\/sampling\.pass_rate\/621122\/2013/);
});

journey(it, "another arrangement by the form, without leaving the page", async (kind) => {
  const officer = await it.as("city-office", kind);
  await officer.go(COUNTIES);
  // What can be ticked is folded away until it is wanted.
  await officer.page.locator("main details summary").first().click();
  await officer.page.check("main input[name=indicator][value='sampling.batches']");
  await officer.page.selectOption("#level", "");
  await officer.page.selectOption("#rows", "period");
  await officer.page.selectOption("#columns", "indicator");
  await officer.page.selectOption("#show", "records");
  await officer.press("查询");
  assert.match(officer.path, /rows=period&columns=indicator&show=records/);
  assert.equal(await officer.page.locator("main #explore").count(), 1);
  assert.equal(await officer.page.inputValue("#from"), "2013");
  await look(officer, "explore-periods");
  for (const ending of ["json", "csv", "xlsx"]) {
    const href = await officer.page.locator("main a", { hasText: new RegExp(`^${ending.toUpperCase()}$`) }).getAttribute("href");
    assert.equal((await officer.fetch(href)).status(), 200, href);
  }
});

journey(it, "what makes no table is told at its field, and what was chosen stays", async (kind) => {
  const officer = await it.as("city-office", kind);
  await officer.go(COUNTIES);
  await officer.page.selectOption("#columns", "region");
  await officer.page.fill("#to", "2014Q5");
  await officer.press("查询", { status: 422 });
  assert.equal(await officer.page.inputValue("#to"), "2014Q5");
  await look(officer, "explore-wrong");
  await officer.page.fill("#to", "2014");
  await officer.press("查询", { status: 422 });
  assert.match(await officer.text(), /行和列都是地区/);
  await officer.page.selectOption("#columns", "period");
  await officer.press("查询");
  assert.match(await officer.text(), /陇西县/);
  // A county's officer does not see the sister county, whatever the address says.
  const county = await it.as("longxi-quality", kind);
  await county.go("/explore?indicator=sampling.pass_rate&region=621123", 404);
});
