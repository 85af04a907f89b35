// Forms of cases open without a network: the last copy of each form and what it is made of. Nothing else is kept, and whatever
// the network answers comes first.
const STORE = "field-1";
/** Most pages that are kept. */
const MOST = 40;
const FORM = /^\/cases\/(new\/[^/]+|[^/]+\/steps)\/[^/]+$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const { keep, assets } = event.data ?? {};
  if (typeof keep !== "string" || !FORM.test(keep)) return;
  const work = async () => {
    const store = await caches.open(STORE);
    const answer = await fetch(keep, { cache: "no-store" });
    if (!isForm(answer, keep)) return;
    await store.put(keep, answer);
    for (const asset of assets.filter((one) => one?.startsWith("/assets/"))) {
      if (!(await store.match(asset))) await store.add(asset);
    }
    const pages = (await store.keys()).filter((request) => FORM.test(new URL(request.url).pathname));
    for (const old of pages.slice(0, Math.max(0, pages.length - MOST))) await store.delete(old);
    event.source.postMessage({ kept: keep });
  };
  event.waitUntil(work().catch(() => {}));
});

/** Whether it is the form itself, not the login that stands in its place. */
function isForm(answer, path) {
  return answer.status === 200 && !answer.redirected && new URL(answer.url).pathname === path;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && FORM.test(url.pathname)) event.respondWith(page(request, url.pathname));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(asset(request));
});

async function page(request, path) {
  const store = await caches.open(STORE);
  try {
    const answer = await fetch(request);
    if (isForm(answer, path)) await store.put(path, answer.clone());
    return answer;
  } catch (problem) {
    const kept = await store.match(path);
    if (kept) return kept;
    throw problem;
  }
}

/** Their addresses carry their hash: a kept one is the right one. */
async function asset(request) {
  const store = await caches.open(STORE);
  return (await store.match(request.url)) ?? fetch(request);
}
