// Signing in at an identity provider: bound by the person, used to come in and to confirm, in Chromium against a real provider.
import assert from "node:assert/strict";

import { Idp, secret } from "../kit/idp.js";
import { journey } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { world } from "../kit/world.js";

process.env.ZHIHENG_JOURNEY_SECRET = secret;
const it = world({
  prepare: () => Idp.open(),
  server: (idp) => ({ login: idp.settings() }),
  opened: ({ prepared, server }) => prepared.register(server.officers),
});

/** Whoever comes may be sent to the provider. */
const away = (kind, more) => ({ ...kind, ...more, hosts: [it.prepared.origin] });

/** Says on the provider's page who one is. */
async function be(visitor, who, status = 200) {
  assert.equal(new URL(visitor.page.url()).origin, it.prepared.origin, "at the provider");
  await visitor.page.fill("#who", who);
  await visitor.click("form button", status);
}

journey(it, "an identity is bound by its owner, signs in, confirms, and is given up", async (kind) => {
  const login = kind.script ? "longxi-quality" : "city-office";
  const name = kind.script ? "质量股股长" : "质量办主任";
  const who = `officer-${login}`;
  // Before it is bound, it opens nothing, and the page says what to do.
  const stranger = await it.visitor(away(kind));
  await stranger.go("/login?back=/assess");
  await look(stranger, "login-elsewhere");
  await stranger.follow("用示例市统一身份登录");
  await be(stranger, who, 403);
  assert.match(await stranger.text(), new RegExp(`这个标识：${who}`));
  await look(stranger, "identity-unbound", { hide: [[/officer-[\w-]+/g, "<who>"], [/[0-9a-f]{16}/g, "<request>"]] });
  await stranger.follow("回到登录页");
  assert.equal(stranger.path, "/login?back=%2Fassess");
  await stranger.press("English", { within: "header" });
  await look(stranger, "login-elsewhere-en");

  const person = await it.as(login, away(kind));
  await person.go("/account/identities/add/city", 403);
  await person.click("main a.button");
  await person.confirm();
  await look(person, "identity-add");
  await person.follow("到示例市统一身份确认");
  await be(person, who);
  assert.match(await person.text(), new RegExp(`岗位 ${who}`), "what was found is shown before it is bound");
  await look(person, "identity-found", { hide: [[/officer-[\w-]+/g, "<who>"]] });
  await person.press("绑定");
  assert.equal(person.path, "/account");
  assert.match(await person.text(), new RegExp(who));
  await look(person, "account-bound", { hide: [[/officer-[\w-]+/g, "<who>"], [/longxi-quality|city-office/g, "<login>"], [/质量股经办|经办|市级经办/g, "<role>"]], compared: kind.script });

  // In another browser the provider is asked, and the way leads to the page that was wanted.
  const elsewhere = await it.visitor(away(kind));
  await elsewhere.go("/login?back=/assess");
  await elsewhere.follow("用示例市统一身份登录");
  await be(elsewhere, who);
  assert.equal(elsewhere.path, "/assess");
  assert.match(await elsewhere.page.locator("header").innerText(), new RegExp(name));
  // It is a login, no confirmation: that is asked for, at the provider or here.
  await elsewhere.go("/account/confirm?back=/account");
  await look(elsewhere, "confirm-elsewhere");
  await elsewhere.follow("到示例市统一身份确认");
  await be(elsewhere, who);
  assert.equal(elsewhere.path, "/account");
  await elsewhere.press("解除绑定");
  assert.doesNotMatch(await elsewhere.text(), new RegExp(who));

  // Given up is given up at once; the provider still knows the browser, and nobody types anything.
  await elsewhere.press("退出", { within: "header" });
  await elsewhere.follow("用示例市统一身份登录", { status: 403 });
});

journey(it, "the administrator binds for somebody else", async (kind) => {
  const admin = await it.as("sysadmin", away(kind));
  await admin.go("/account/confirm?back=/admin/accounts");
  await admin.confirm();
  const row = admin.page.locator("main tr", { hasText: "zhang-gov" });
  await admin.click(row.getByRole("link", { name: "统一身份" }));
  const who = `officer-zhang-${kind.script ? "s" : "p"}`;
  await admin.page.selectOption("#provider", { label: "示例市统一身份" });
  await admin.page.fill("#identity-subject", "two words");
  await admin.press("绑定", { status: 422 });
  await admin.page.fill("#identity-subject", who);
  await admin.press("绑定");
  await look(admin, "accounts-identities", { hide: [[/officer-[\w-]+/g, "<who>"]] });
  const person = await it.visitor(away(kind));
  await person.go("/login");
  await person.follow("用示例市统一身份登录");
  await be(person, who);
  assert.equal(person.path, "/");
  await admin.page.selectOption("#identity", { index: 1 });
  await admin.press("解除绑定");
  assert.doesNotMatch(await admin.text(), new RegExp(who));
});
