// Security keys, with Chromium's virtual authenticator: added, used to confirm, refused when copied, removed. Without script the page says
// so, and the password remains.
import assert from "node:assert/strict";

import { KINDS, journey } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { PASSWORD } from "../kit/project.js";
import { world } from "../kit/world.js";

const it = world({ server: { named: true } });
const scripted = KINDS.filter((kind) => kind.script);

/** Puts a key into the visitor's computer; answers how to speak with it. */
async function plug(visitor) {
  const devtools = await visitor.context.newCDPSession(visitor.page);
  await devtools.send("WebAuthn.enable");
  const options = {
    protocol: "ctap2",
    transport: "usb",
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  };
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", { options });
  const send = (name, more) => devtools.send(`WebAuthn.${name}`, { authenticatorId, ...more });
  return { send };
}

const FORM = "main form[data-key]";

async function add(visitor, name) {
  await visitor.go("/account/keys/add");
  await visitor.page.fill("#key-name", name);
  await visitor.click(`${FORM} button`);
  assert.equal(visitor.path, "/account");
}

// Without script there is no key to speak with: the other journey goes there.
journey(
  it,
  "a key is added, confirms, and is removed",
  async (kind) => {
    const person = await it.as("longxi-head", kind);
    const key = await plug(person);
    await person.go("/account/keys/add", 403);
    await person.click("main a.button");
    await person.confirm();
    assert.equal(person.path, "/account/keys/add");
    await look(person, "key-add");
    await person.press("English", { within: "header" });
    await look(person, "key-add-en");
    await person.press("中文", { within: "header" });
    // A name is wanted; what the key said is not taken twice.
    await person.click(`${FORM} button`, 422);
    await look(person, "key-add-wrong");
    await key.send("clearCredentials");
    await add(person, "办公室的密钥");
    const { credentials } = await key.send("getCredentials");
    assert.deepEqual([credentials.length, credentials[0].rpId], [1, "localhost"]);
    await look(person, "account-keys");
    // The same key again is refused by itself.
    await person.go("/account/keys/add");
    await person.page.fill("#key-name", "又一把");
    await person.page.locator(`${FORM} button`).click();
    await person.page.waitForSelector("[data-key-said]:not([hidden])");
    assert.match(await person.page.locator("[data-key-said]").innerText(), /已经登记过/);

    // Signed in anew, the key confirms instead of the password.
    await person.press("退出", { within: "header" });
    await person.signIn("longxi-head");
    await person.go("/account/keys/add", 403);
    await person.click("main a.button");
    await look(person, "confirm-key");
    await person.press("English", { within: "header" });
    await look(person, "confirm-key-en");
    await person.press("中文", { within: "header" });
    // A key whose owner it cannot make sure of does not answer.
    await key.send("setUserVerified", { isUserVerified: false });
    await person.page.locator(`${FORM} button`).click();
    await person.page.waitForSelector("[data-key-said]:not([hidden])");
    await key.send("setUserVerified", { isUserVerified: true });
    await person.click(`${FORM} button`);
    assert.equal(person.path, "/account/keys/add");

    // A copy that has fallen behind is refused, and said to be one.
    const [held] = (await key.send("getCredentials")).credentials;
    await key.send("removeCredential", { credentialId: held.credentialId });
    await key.send("addCredential", { credential: { ...held, signCount: 0 } });
    await person.go("/account/confirm");
    await person.click(`${FORM} button`, 422);
    assert.match(await person.text(), /计数倒退/);
    await look(person, "confirm-key-copied");
    await person.page.fill("#password", PASSWORD);
    await person.click("main form[action='/account/confirm'] button");
    await person.go("/account");
    await person.click("main form[action='/account/keys/remove'] button");
    assert.match(await person.text(), /还没有登记安全密钥/);
  },
  { kinds: scripted },
);

journey(it, "without script a key's owner confirms by password", async (kind) => {
  const login = kind.script ? "city-leader" : "city-reviewer";
  const able = await it.as(login, { script: true });
  await plug(able);
  await able.go("/account/confirm");
  await able.confirm();
  await add(able, "办公室的密钥");
  const person = await it.as(login, kind);
  await person.go("/account/confirm?back=/account/keys/add");
  assert.equal(await person.page.locator(FORM).isVisible(), kind.script);
  assert.equal(await person.page.locator("[data-key-unable]").isVisible(), !kind.script);
  if (!kind.script) await look(person, "confirm-key-plain");
  await person.page.fill("#password", PASSWORD);
  await person.click("main form[action='/account/confirm'] button");
  assert.equal(person.path, "/account/keys/add");
  if (!kind.script) await look(person, "key-add-plain");
});
