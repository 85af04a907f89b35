// From a list of schemes to a grade, and from the grade to the rows that it rests on.
import assert from "node:assert/strict";

import { journey } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { world } from "../kit/world.js";

const it = world();
const YEAR = "2014-07-01..2015-06-30";

journey(it, "why Longxi has its grade, down to the rows", async (kind) => {
  const officer = await it.as("city-office", kind);
  await officer.follow("考核评价", { within: "nav.menu" });
  await look(officer, "schemes");
  await officer.go(`/assess/dingxi.county/${YEAR}`);
  const verdicts = await officer.text();
  assert.match(verdicts, /陇西县[\s\S]*92\.2[\s\S]*A/);
  assert.match(verdicts, /漳县[\s\S]*98\.2[\s\S]*D/);
  await look(officer, "verdicts");

  await officer.follow("陇西县");
  assert.equal(officer.path, `/assess/dingxi.county/${YEAR}/621122`);
  assert.match(await officer.text(), /92\.2/);
  await look(officer, "why");

  // The figure of an item, at the ledger size at which it was judged; then its rows.
  await officer.click("main a[href^='/m/sampling.pass_rate/621122/']");
  assert.match(officer.path, /@\d+$/);
  assert.match(await officer.text(), /73 ÷ 76/);
  await officer.follow("看逐条记录");
  const rows = officer.page.locator("main tbody tr");
  assert.equal(await rows.count(), 76, "every batch that the rate counts");
});

journey(it, "a veto outweighs the points, and says so", async (kind) => {
  const officer = await it.as("city-office", kind);
  await officer.go(`/assess/dingxi.county/${YEAR}/621125`);
  const why = await officer.text();
  assert.match(why, /98\.2/);
  assert.match(why, /否决/);
  await look(officer, "why-veto");
});

journey(it, "a reader of one county reads its own grade", async (kind) => {
  const county = await it.as("longxi-quality", kind);
  await county.go(`/assess/dingxi.county/${YEAR}/621122`);
  assert.match(await county.text(), /92\.2/);
});
