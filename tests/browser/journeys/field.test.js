// On the spot without a network: the form opens from the phone, waits there when it is sent, and goes out once.
import assert from "node:assert/strict";

import { journey, KINDS } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { world } from "../kit/world.js";

const it = world({});
const FORM = "/cases/new/sampling.sheet/arrive";

/** What is typed on the spot. */
async function fill(visitor, sample) {
  const { page } = visitor;
  const typed = { task: "2014-S-01", sample_no: sample, sampled_in: "621122", product: "flour", product_name: "小麦粉（演示）", laboratory: "示例检验所" };
  for (const [name, text] of Object.entries(typed)) {
    const field = page.locator(`main [name=${name}]`);
    if (await field.evaluate((one) => one.tagName === "SELECT")) await field.selectOption(text);
    else await field.fill(text);
  }
  await page.selectOption("main [name=level]", { index: 1 });
  await page.selectOption("main [name=link]", { index: 1 });
}

/** How many cases of sampling sheets there are. */
async function sheets(visitor) {
  const answer = await visitor.fetch("/cases");
  return ((await answer.text()).match(/抽样与检验/g) ?? []).length;
}

journey(it, "a case is opened on the page", async (kind) => {
  const officer = await it.as("longxi-quality", kind);
  await officer.go("/cases");
  await officer.follow("立案");
  await look(officer, "cases-new");
  await officer.go(FORM);
  await look(officer, "case-begin");
  const before = await sheets(officer);
  await officer.click("main form button.first", 422);
  await look(officer, "case-begin-wrong");
  await fill(officer, kind.script ? "LX-1" : "LX-2");
  await officer.click("main form button.first");
  assert.match(officer.path, /^\/cases\/sampling\.sheet-621122-/);
  assert.match(await officer.text(), /到场/);
  assert.equal(await sheets(officer), before + 1);
});

journey(
  it,
  "a form waits on the phone and goes out once",
  async (kind) => {
    const officer = await it.as("longxi-quality", { ...kind, width: 360 });
    const { page, context } = officer;
    await officer.go(FORM);
    await page.getByText("没有网络也能打开").waitFor();
    const before = await sheets(officer);

    await context.setOffline(true);
    await page.reload();
    assert.match(await page.locator("h1").innerText(), /到场/, "the form opens without a network");
    for (const [n, sample] of ["LX-11", "LX-12"].entries()) {
      await fill(officer, sample);
      await page.locator("main form button.first").click();
      await page.getByText("已存在本机，有网络时自动发送").waitFor();
      await page.locator("#outbox li").nth(n).waitFor();
    }
    assert.equal(await page.locator("#outbox li").count(), 2);
    await page.reload();
    await page.locator("#outbox li").nth(1).waitFor();

    await context.setOffline(false);
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await page.locator("#outbox a").nth(1).waitFor();
    assert.equal(await page.locator("#outbox li button").count(), 0, "nothing waits any more");
    assert.equal(await sheets(officer), before + 2, "each form opened one case");
    officer.complaints = officer.complaints.filter((one) => !/ERR_INTERNET_DISCONNECTED/.test(one));
    await look(officer, "case-begin-sent");
    await page.locator("#outbox a").first().click();
    await page.waitForURL(/\/cases\/sampling\.sheet-621122-/);
  },
  { kinds: KINDS.filter((kind) => kind.script) }, // without script there is nothing that could wait
);

journey(
  it,
  "an answer that is lost does not make two cases",
  async (kind) => {
    const officer = await it.as("longxi-quality", kind);
    const { page, context } = officer;
    await officer.go(FORM);
    await page.getByText("没有网络也能打开").waitFor();
    const before = await sheets(officer);
    await context.setOffline(true);
    await fill(officer, "LX-21");
    await page.locator("main form button.first").click();
    await page.locator("#outbox li").first().waitFor();
    // The server gets the form, and the phone never hears of it.
    let lost = 0;
    await context.route(`**${FORM}*`, async (route) => {
      if (route.request().method() !== "POST" || lost > 0) return route.continue();
      lost += 1;
      await route.fetch({ maxRedirects: 0 });
      return route.abort("connectionreset");
    });
    await context.setOffline(false);
    // The browser says that there is a network again, and the form goes out.
    for (let n = 0; n < 50 && lost === 0; n++) await page.waitForTimeout(100);
    assert.equal(lost, 1, "the answer was lost");
    await page.waitForTimeout(500);
    assert.equal(await page.locator("#outbox li button").count(), 1, "the form still waits");
    await page.locator("[data-send]").click();
    await page.locator("#outbox a").first().waitFor();
    assert.equal(await sheets(officer), before + 1, "one form, one case");
    officer.complaints = [];
  },
  { kinds: KINDS.filter((kind) => kind.script) },
);
