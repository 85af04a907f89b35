// Pages with figures: what an officer and a leader see first, comparison, search.
import assert from "node:assert/strict";

import { journey } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { world } from "../kit/world.js";

const it = world();

journey(it, "home says how things stand and what waits, and leads on", async (kind) => {
  const officer = await it.as("city-office", kind);
  const text = await officer.text();
  assert.match(text, /2015年第一季度，定西市产品质量监督抽查合格率为94\.2%/);
  assert.match(text, /等我办的/);
  // A tile is a link: by mouse and by keyboard.
  const tile = officer.page.locator("main svg a, main .tiles a, main figure a").first();
  await tile.focus();
  await Promise.all([officer.page.waitForNavigation(), officer.page.keyboard.press("Enter")]);
  assert.match(officer.path, /6211\d\d/);
  await officer.go("/");
  await officer.follow("横向比较");
  await look(officer, "compare");
});

journey(it, "places are compared with their intervals, and said to be alike where they are", async (kind) => {
  const officer = await it.as("city-office", kind);
  await officer.go("/r/621100/compare?indicator=sampling.pass_rate&period=2013");
  const text = await officer.text();
  assert.match(text, /各区间均包含总体水平85\.9%/);
  assert.match(text, /均无显著差异，排列先后不代表优劣/);
  await look(officer, "compare-2013");
  // Another indicator by the form, which is an address.
  await officer.page.selectOption("main select", "agriculture.pass_rate");
  await officer.press("查询");
  assert.match(officer.path, /indicator=agriculture\.pass_rate/);
  assert.match(officer.path, /period=2013/);
});

journey(it, "a leader's page is one sentence, three numbers, one map, one ask", async (kind) => {
  const leader = await it.as("city-leader", kind);
  await leader.go("/r/621100/brief");
  assert.equal(await leader.page.locator("main .card .big").count(), 3);
  await look(leader, "brief");
});

journey(it, "search finds places, definitions, cases and enterprises within one's reach", async (kind) => {
  const officer = await it.as("longxi-quality", kind);
  const search = async (words) => {
    await officer.page.fill("#search", words);
    await Promise.all([officer.page.waitForNavigation(), officer.page.locator("#search").press("Enter")]);
    assert.equal(new URL(officer.page.url()).searchParams.get("q"), words, "what was typed is the address");
    assert.equal(await officer.page.inputValue("#search"), words, "and stays in the box");
    return officer.text();
  };
  assert.match(await search("陇西"), /甘肃省定西市陇西县/);
  assert.match(await search("lx"), /陇西县/, "by the first letters of its sounds");
  assert.match(await search("抽查合格率"), /产品质量监督抽查合格率/);
  await look(officer, "search-definitions");
  assert.match(await search("enforcement.case-621122-2014-0001"), /行政处罚案件/);
  assert.doesNotMatch(await search("漳县"), /甘肃省定西市漳县/, "what is not yours is not found");
  await search("<script>alert(1)</script>");
  await look(officer, "search-nothing");
  if (kind.script) {
    await officer.go("/");
    await officer.page.keyboard.press("/");
    assert.equal(await officer.page.evaluate(() => document.activeElement.id), "search");
  }
});

journey(it, "each figure is also an image, a workbook and a table", async (kind) => {
  const officer = await it.as("city-office", kind);
  for (const page of ["/m/sampling.pass_rate/621100/2013", "/r/621100?period=2013", "/r/621100/compare?indicator=sampling.pass_rate&period=2013"]) {
    await officer.go(page);
    const links = await officer.page
      .locator("main a", { hasText: /^(JSON|CSV|XLSX|SVG)$/ })
      .evaluateAll((all) => all.map((link) => [link.textContent.trim(), link.getAttribute("href")]));
    assert.ok(links.length >= 3, `${page} has ${links.length} twins`);
    for (const [kind, href] of links) {
      const answer = await officer.fetch(href);
      assert.equal(answer.status(), 200, href);
      const bytes = await answer.body();
      const begin = { JSON: /^[[{]/, CSV: /^\ufeff/, XLSX: /^PK/, SVG: /^(<\?xml[^>]*>\s*)?<svg/ }[kind];
      assert.match(bytes.subarray(0, 200).toString("utf8"), begin, href);
      if (kind === "SVG") assert.doesNotMatch(bytes.toString("utf8"), /<script|onload=|href="http/i, href);
    }
  }
});
