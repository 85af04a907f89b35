// Forms without a network: what is sent where there is none waits on this device, and goes out once when there is one again.
// Sent twice it is taken once: the form carries a name of its own (`once`), or the newest event that its reader saw.
const form = document.querySelector("form[data-outbox]");
const section = document.getElementById("outbox");
const STORE = "forms";

/** Texts in the reader's language, written by the server. */
const say = (name) => section.dataset[name];

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("outbox", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/** One request in one transaction; done when it is on the disk. */
async function stored(mode, work) {
  const base = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const act = base.transaction(STORE, mode);
      const asked = work(act.objectStore(STORE));
      act.oncomplete = () => resolve(asked.result);
      act.onerror = act.onabort = () => reject(act.error);
    });
  } finally {
    base.close();
  }
}

/** A name that nobody guesses, as the server makes them. */
function fresh() {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

/** A page that was kept for later has the name of its first sender: every filled form gets one of its own. */
function rename() {
  if (form.elements.once) form.elements.once.value = fresh();
}

/** Whether the server can be asked; a phone that thinks it has a network often has none. */
async function reachable() {
  if (!navigator.onLine) return false;
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), 4000);
  try {
    return (await fetch("/health", { cache: "no-store", signal: patience.signal })).ok;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

async function keep() {
  const item = {
    id: fresh(),
    page: location.pathname,
    title: document.querySelector("h1").textContent,
    account: form.dataset.account,
    at: Date.now(),
    fields: [...new FormData(form)],
  };
  try {
    await stored("readwrite", (store) => store.put(item));
  } catch {
    return note("full");
  }
  form.reset();
  rename();
  await show();
  note("kept");
}

/** Sends one form with the token of now; answers what became of it. */
async function send(item) {
  const page = await fetch(item.page, { cache: "no-store" });
  const now = new DOMParser().parseFromString(await page.text(), "text/html");
  const target = now.querySelector("form[data-outbox]");
  if (new URL(page.url).pathname !== item.page || page.status === 401) return { state: "signin" };
  if (!target) return { state: "refused", why: now.querySelector("h1")?.textContent ?? "" };
  if (target.dataset.account !== item.account) return { state: "other" };
  const body = new FormData();
  for (const [name, value] of item.fields) body.append(name, value);
  body.set("csrf", target.elements.csrf.value);
  const answer = await fetch(target.getAttribute("action"), { method: "POST", body, cache: "no-store" });
  if (answer.ok && answer.redirected) return { state: "sent", href: new URL(answer.url).pathname };
  const told = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { state: "refused", why: told.querySelector("[data-summary] ul, main .lead, h1")?.textContent.trim() ?? "" };
}

/** Sends all that waits, in the order in which it was filled in. One window at a time. */
async function flush() {
  const work = async () => {
    const items = (await stored("readonly", (store) => store.getAll())).sort((a, b) => a.at - b.at);
    for (const item of items) {
      let outcome;
      try {
        outcome = await send(item);
      } catch {
        break; // the network is gone again: all the rest waits
      }
      if (outcome.state === "sent") {
        await stored("readwrite", (store) => store.delete(item.id));
        done.push({ title: item.title, href: outcome.href });
      } else {
        await stored("readwrite", (store) => store.put({ ...item, outcome }));
        if (outcome.state !== "refused") break;
      }
    }
  };
  await (navigator.locks ? navigator.locks.request("outbox", work) : work());
  await show();
}

/** What was sent while this page was open. */
const done = [];

function note(name) {
  const line = section.querySelector("[role=status]");
  line.textContent = name ? say(name) : "";
  section.hidden = false;
}

function button(text, work, danger) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  if (danger) made.className = "danger";
  made.addEventListener("click", work);
  return made;
}

/** The list of what waits and what was sent. */
async function show() {
  const items = (await stored("readonly", (store) => store.getAll())).sort((a, b) => a.at - b.at);
  const list = section.querySelector("ul");
  list.replaceChildren();
  for (const item of items) {
    const line = document.createElement("li");
    const when = new Date(item.at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    const state = item.outcome ? say(item.outcome.state) : say("waiting");
    line.append(`${item.title} · ${when} · ${state} ${item.outcome?.why ?? ""} `);
    let sure = false;
    const drop = button(say("drop"), async () => {
      // A form that nobody has a copy of goes at the second press only.
      if (!sure) {
        sure = true;
        drop.textContent = say("sure");
        return;
      }
      await stored("readwrite", (store) => store.delete(item.id));
      await show();
    }, true);
    line.append(drop);
    list.append(line);
  }
  for (const sent of done) {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = sent.href;
    link.textContent = `${sent.title} · ${say("sent")}`;
    line.append(link);
    list.append(line);
  }
  section.querySelector("[data-send]").hidden = items.length === 0;
  if (items.length + done.length > 0) section.hidden = false;
}

/** Has this page and what it is made of kept for times without a network. */
async function prepare() {
  if (!navigator.serviceWorker) return;
  await navigator.serviceWorker.register("/sw.js");
  const ready = await navigator.serviceWorker.ready;
  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data?.kept === location.pathname) note("ready");
  });
  const assets = [...document.querySelectorAll("script[src], link[href^='/assets/']")];
  const wanted = assets.map((one) => one.getAttribute("src") ?? one.getAttribute("href"));
  ready.active.postMessage({ keep: location.pathname, assets: wanted });
}

if (form && section && window.indexedDB) {
  rename();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    try {
      if (await reachable()) form.submit();
      else await keep();
    } finally {
      delete form.dataset.busy;
    }
  });
  section.querySelector("[data-send]").addEventListener("click", flush);
  window.addEventListener("online", flush);
  prepare().catch(() => {});
  // What waits from another day goes out as soon as there is a network.
  reachable().then((there) => (there ? flush() : show()));
}
