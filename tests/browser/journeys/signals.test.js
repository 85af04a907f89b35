// Watched series: how they stand, the chart behind one, and a mute that hides nothing and can be ended.
import assert from "node:assert/strict";

import { journey } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { world } from "../kit/world.js";

const it = world();
const CHART = "sampling.pass_rate_chart";
const row = (visitor) => visitor.page.locator(`main tr:has(a[href='/m/${CHART}/621100/2015'])`).innerText();

journey(it, "a signal is looked into, muted with a reason, and told again", async (kind) => {
  const office = await it.as("city-office", kind);
  await office.follow("预警", { within: "nav.menu" });
  assert.match(await office.text(), /无数据和计算错误不等于正常/);
  assert.match(await row(office), /告警[\s\S]*2015-03[\s\S]*低于下限/);
  await look(office, "signals");
  await office.click(`main a[href='/m/${CHART}/621100/2015']`);
  assert.equal(await office.page.locator("main figure svg").count(), 1, "the chart is on the page of the number");

  await office.go("/signals");
  await office.click(`main a[href*='indicator=${CHART}&region=621100']`);
  await office.press("静音", { status: 422 });
  assert.equal(await office.page.locator("main form [aria-invalid=true]").count(), 2);
  await look(office, "signals-mute-wrong");
  const day = new Date(Date.now() + 30 * 24 * 3600 * 1000).toISOString().slice(0, 10);
  await office.page.fill("main input[name=ends_on]", day);
  await office.page.fill("main input[name=reason]", "当月只抽查了新增品种（演示）");
  await office.press("静音");
  const muted = await row(office);
  assert.match(muted, /已静音（告警）[\s\S]*当月只抽查了新增品种（演示）（质量办主任/);
  await look(office, "signals-muted");

  // Whoever only looks sees it, too, and mutes nothing.
  const leader = await it.as("city-leader", kind);
  await leader.go("/signals?state=muted");
  assert.match(await leader.text(), /当月只抽查了新增品种/);
  assert.equal(await leader.page.locator("main form[method=post]").count(), 0);

  await office.click(`main a[href*='indicator=${CHART}&region=621100']`);
  await office.page.fill("main input[name=reason]", "已核实（演示）");
  await office.press("结束静音");
  assert.match(await row(office), /告警/);
  assert.doesNotMatch(await row(office), /已静音/);
});

journey(it, "series are filtered by how they stand and taken along as data", async (kind) => {
  const office = await it.as("city-office", kind);
  await office.go("/signals");
  await office.page.selectOption("main select[name=state]", "no-data");
  await office.press("查询");
  assert.match(office.path, /state=no-data/);
  for (const [ending, begin] of [["json", /^\{/], ["csv", /^\ufeff/]]) {
    const href = await office.page.locator(`main a[href*='as=${ending}']`).getAttribute("href");
    const answer = await office.fetch(href);
    assert.equal(answer.status(), 200, href);
    assert.match(await answer.text(), begin, href);
  }
  const data = await (await office.fetch("/signals?as=json&state=normal")).json();
  assert.ok(data.signals.every((one) => one.state === "normal" && one.value !== null), "nothing unknown is in order");
  const county = await it.as("longxi-quality", kind);
  await county.go("/signals?within=621100", 404);
});
