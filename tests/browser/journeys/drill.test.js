// The path to keep sacred: region → one number → its rows → the record → the cell of the source file. Four clicks, each an
// address, each printable, with twins for programs.
import assert from "node:assert/strict";

import { journey } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { world } from "../kit/world.js";

const it = world();

journey(it, "from the home page to the cell of the file", async (kind) => {
  const officer = await it.as("city-office", kind);
  assert.equal(officer.path, "/");
  await look(officer, "home", { frame: true });

  await officer.follow("地区质量状况");
  assert.match(officer.path, /^\/r\/621100/);
  await officer.go("/r/621100?period=2013");
  await look(officer, "region-prefecture");
  assert.match(await officer.text(), /85\.9%/);

  // 1: the number
  const figure = officer.page.locator("main a[href^='/m/sampling.pass_rate/621100/2013']", { hasText: "85.9%" });
  await officer.click(figure.first());
  assert.equal(officer.path, "/m/sampling.pass_rate/621100/2013");
  const number = await officer.text();
  assert.match(number, /1,?417 ÷ 1,?650/);
  assert.match(number, /84\.1–87\.5/);
  await look(officer, "number");

  // 2: its rows, counted and excluded
  await officer.follow("看逐条记录");
  assert.match(officer.path, /^\/m\/sampling\.pass_rate\/621100\/2013\/records/);
  await look(officer, "rows");

  // 3: a record
  await officer.click("main a[href^='/records/']");
  assert.match(officer.path, /^\/records\/\d+$/);
  const record = await officer.text();
  // 4: the cell that it came from
  assert.match(record, /sampling-batches\.csv/);
  await look(officer, "record");
});

journey(it, "the twins of a number open and say the same", async (kind) => {
  const officer = await it.as("city-office", kind);
  await officer.go("/m/sampling.pass_rate/621100/2013");
  const hrefs = await officer.page
    .locator("main a", { hasText: /^(JSON|CSV)$/ })
    .evaluateAll((links) => links.map((link) => [link.textContent, link.getAttribute("href")]));
  assert.deepEqual(hrefs.map(([title]) => title).sort(), ["CSV", "JSON"]);
  for (const [title, href] of hrefs) {
    const answer = await officer.fetch(href);
    assert.equal(answer.status(), 200, href);
    const body = await answer.text();
    if (title === "JSON") {
      assert.equal(JSON.stringify(JSON.parse(body)).includes("1417"), true);
    } else {
      // Its parts, as a spreadsheet of an office opens them: with a byte order mark.
      assert.match(body, /^\ufeff地区,数值/);
      assert.match(body, /陇西县,87\.5%/);
    }
  }
});
