// One's own account: password, sessions, tokens for programs.
import assert from "node:assert/strict";

import { journey } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { PASSWORD } from "../kit/project.js";
import { world } from "../kit/world.js";

const it = world();

journey(it, "a token is shown once, works in a program, and is revoked", async (kind) => {
  const reader = await it.as("city-leader", kind);
  await reader.follow("分管副市长", { within: "header" });
  await look(reader, kind.script ? "account" : "account-plain");
  const form = "main form[action='/account/tokens']";
  const ask = async (status) => {
    await reader.page.locator("#token-name").fill("季报程序");
    await reader.page.locator("#token-days").fill("30");
    await reader.page.locator(`${form} input[type=checkbox][value=see]`).check();
    await reader.click(`${form} button`, status);
  };
  // What gives rights away asks for the password again, and then comes back.
  await ask(403);
  await reader.click("main a.button");
  await reader.confirm();
  assert.equal(reader.path, "/account");
  await ask(200);
  const secret = (await reader.page.locator("code.secret").innerText()).trim();
  const use = async () => {
    const answer = await fetch(`${reader.origin}/api/v1/me`, { headers: { Authorization: `Bearer ${secret}` } });
    return answer.status;
  };
  assert.equal(await use(), 200);
  await reader.go("/account");
  assert.equal((await reader.text()).includes(secret), false, "shown once");
  await reader.click("main form[action='/account/tokens/revoke'] button");
  assert.equal(await use(), 401);
});

journey(it, "a new password counts at once, and the old one no more", async (kind) => {
  const login = kind.script ? "longxi-head" : "longxi-reporter";
  const person = await it.as(login, kind);
  const elsewhere = await it.as(login, kind);
  await person.go("/account/password");
  await look(person, "password");
  const fields = person.page.locator("main input[type=password]");
  const send = async (fresh, status) => {
    await fields.nth(0).fill(PASSWORD);
    await fields.nth(1).fill(fresh);
    await person.click("main form button", status);
  };
  const fresh = "a lighthouse in the fog 7";
  // Too easy to guess: said at the field.
  await send("password1234", 422);
  assert.equal(await fields.nth(0).inputValue(), "", "a password never comes back");
  await look(person, "password-wrong");
  await send(fresh, 200);
  await elsewhere.go("/account", 401);
  const again = await it.visitor(kind);
  await again.signIn(login, fresh);
  assert.equal(again.path, "/");
});
