// Coming in and going out; what is not yours is not there; language, colours and size of letters.
import assert from "node:assert/strict";

import { journey } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { PASSWORD } from "../kit/project.js";
import { world } from "../kit/world.js";

const it = world();

journey(it, "a stranger sees where to sign in, and is told what is wrong", async (kind) => {
  const stranger = await it.visitor(kind);
  await stranger.go("/");
  await look(stranger, "home-stranger");
  await stranger.follow("登录");
  await look(stranger, "login");
  await stranger.page.fill("#login", "longxi-quality");
  await stranger.page.fill("#password", "something else entirely");
  await stranger.press("登录", { status: 422 });
  assert.equal(await stranger.page.inputValue("#login"), "longxi-quality", "the name is not asked for twice");
  assert.equal(await stranger.page.inputValue("#password"), "", "a password never comes back");
  assert.match(await stranger.page.title(), /^错误：/);
  const summary = stranger.page.locator("[data-summary]");
  assert.equal(await summary.getAttribute("role"), "alert");
  if (kind.script) {
    assert.equal(await summary.evaluate((each) => each === document.activeElement), true, "the summary has the focus");
  }
  await look(stranger, "login-wrong");
  await stranger.page.fill("#password", PASSWORD);
  await stranger.press("登录");
  assert.equal(stranger.path, "/");
});

journey(it, "signing in comes back to the page that was asked for", async (kind) => {
  const stranger = await it.visitor(kind);
  await stranger.go("/cases?all=1", 401);
  await look(stranger, "asked-to-sign-in");
  await stranger.click("main a.button");
  await stranger.page.fill("#login", "longxi-quality");
  await stranger.page.fill("#password", PASSWORD);
  await stranger.press("登录");
  assert.equal(stranger.path, "/cases?all=1");
  await stranger.press("退出", { within: "header" });
  await stranger.go("/cases", 401);
});

journey(it, "what is not yours is not there", async (kind) => {
  const sister = await it.as("zhang-gov", kind);
  const theirs = [
    "/r/621122",
    "/r/621100",
    "/m/sampling.pass_rate/621122/2013",
    "/m/sampling.pass_rate/621122/2013/records",
    "/m/sampling.pass_rate/621122/2013.json",
    "/assess/dingxi.county/2014-07-01..2015-06-30/621122",
    "/cases/enforcement.case-621122-2014-0001",
    "/cases/no.such-621122-2014-0001",
    "/records/999999999",
  ];
  const bodies = new Set();
  for (const path of theirs) {
    await sister.go(path, 404);
    // Nothing tells what exists elsewhere from what exists nowhere.
    bodies.add(await sister.page.locator("main h1").innerText());
  }
  assert.equal(bodies.size, 1);
  await look(sister, "not-there");
  await sister.go("/r/621125");
  await sister.go("/admin/accounts", 403);
  await look(sister, "not-allowed");
});

journey(it, "language, colours and letters stay as they were chosen", async (kind) => {
  const reader = await it.as("city-office", kind);
  await reader.go("/m/sampling.pass_rate/621100/2013");
  const html = reader.page.locator("html");
  await reader.press("English", { within: "header" });
  assert.equal(reader.path, "/m/sampling.pass_rate/621100/2013", "the same page");
  assert.equal(await html.getAttribute("lang"), "en");
  assert.match(await reader.text(), /Pass rate/);
  await look(reader, "number-en");
  await reader.go("/assess");
  await look(reader, "schemes-en", { pictures: false });
  await reader.page.selectOption("#theme", "dark");
  await reader.page.selectOption("#size", "large");
  await reader.click(".foot form button");
  assert.equal(await html.getAttribute("data-theme"), "dark");
  assert.equal(await html.getAttribute("data-size"), "large");
  await reader.go("/m/sampling.pass_rate/621100/2013");
  await look(reader, "number-large-dark-en");
  await reader.press("中文", { within: "header" });
  assert.equal(await html.getAttribute("lang"), "zh-CN");
});
