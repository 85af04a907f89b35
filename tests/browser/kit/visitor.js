// Somebody in front of a browser. Whatever the browser complains about is kept, and is a failure at the next look.
import assert from "node:assert/strict";

import { PASSWORD } from "./project.js";

export class Visitor {
  /** Opens a browser window of its own: `script` (true), `lang` (zh-CN), `door` (officers), `width` (1440), `hosts`: others that may be asked. */
  static async arrive(world, { script = true, lang = "zh-CN", door = "officers", width = 1440, hosts = [], more = {} } = {}) {
    const visitor = new Visitor();
    visitor.script = script;
    visitor.origin = world.server[door];
    visitor.width = width;
    visitor.hosts = hosts;
    visitor.context = await world.browser.newContext({
      baseURL: visitor.origin,
      javaScriptEnabled: script,
      locale: lang,
      timezoneId: "Asia/Shanghai",
      viewport: { width, height: 900 },
      acceptDownloads: true,
      ...more,
    });
    visitor.context.setDefaultTimeout(30_000);
    visitor.page = await visitor.context.newPage();
    visitor.watch();
    return visitor;
  }

  /** Listens to what goes wrong without being seen: console, exceptions, policy, other hosts. */
  watch() {
    this.complaints = [];
    /** Bytes of each address as they came over the wire. */
    this.weights = new Map();
    /** Addresses that the page in the window has asked for. */
    this.asked = new Set();
    this.expected = 200;
    const { page, context } = this;
    page.on("console", (message) => {
      if (message.type() !== "error" && message.type() !== "warning") return;
      // A page that answers 404 on purpose is reported by Chromium as a failed resource, under its own address.
      const own = message.location().url === this.address && /status of \d+/.test(message.text());
      if (own && this.expected !== 200) return; // an array, too, says that more than 200 is expected
      this.complaints.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (problem) => this.complaints.push(`exception: ${problem.message}`));
    page.on("crash", () => this.complaints.push("the page crashed"));
    context.on("request", (request) => {
      const url = new URL(request.url());
      if (request.isNavigationRequest()) {
        this.asked.clear();
        this.address = request.url();
      }
      this.asked.add(request.url());
      if (url.protocol !== "data:" && url.protocol !== "blob:" && ![this.origin, ...this.hosts].includes(url.origin)) {
        this.complaints.push(`asks another host: ${request.url()}`);
      }
    });
    context.on("requestfinished", async (request) => {
      const sizes = await request.sizes().catch(() => null);
      if (sizes?.responseBodySize) this.weights.set(request.url(), sizes.responseBodySize);
    });
    context.on("requestfailed", (request) => {
      const why = request.failure()?.errorText ?? "";
      // A download takes the place of a page: Chromium calls the navigation aborted.
      if (why !== "net::ERR_ABORTED") this.complaints.push(`request failed: ${request.url()} ${why}`);
    });
  }

  /** Goes to an address, which must answer with `status`. */
  async go(path, status = 200) {
    this.expected = status;
    const answer = await this.page.goto(path);
    assert.equal(answer.status(), status, `${path} answers ${answer.status()}`);
    return this;
  }

  /** Follows a link by its text, inside `main` unless told otherwise. */
  async follow(name, { within = "main", exact = true, nth = 0, status = 200 } = {}) {
    return this.click(this.page.locator(within).getByRole("link", { name, exact }).nth(nth), status);
  }

  /** Presses a button by its text; `status` is what the page answers. */
  async press(name, { within = "main", exact = true, nth = 0, status = 200 } = {}) {
    return this.click(this.page.locator(within).getByRole("button", { name, exact }).nth(nth), status);
  }

  /** Clicks what leads to another page, and waits for it. A text is a selector. */
  async click(what, status = 200) {
    this.expected = status;
    const target = typeof what === "string" ? this.page.locator(what).first() : what;
    const [answer] = await Promise.all([this.page.waitForNavigation(), target.click()]);
    assert.equal(answer?.status(), status, `${this.path} answers ${answer?.status()}`);
    return this;
  }

  /** Path and query of the page in the window. */
  get path() {
    const url = new URL(this.page.url());
    return url.pathname + url.search;
  }

  /** The text of the page's main part. */
  async text() {
    return this.page.locator("main").innerText();
  }

  /** Signs in with the password of all accounts. */
  async signIn(login, password = PASSWORD) {
    await this.go("/login");
    await this.page.fill("#login", login);
    await this.page.fill("#password", password);
    await this.click("main form button");
    assert.notEqual(this.path, "/login", `${login} is not let in: ${await this.text()}`);
    this.login = login;
  }

  /** Shows the password again before an act that asks for it. */
  async confirm() {
    await this.page.fill("#password", PASSWORD);
    await this.click("main form button");
  }

  /** Fetches an address with this visitor's cookies, without leaving the page. */
  async fetch(path, headers = {}) {
    return this.context.request.get(this.origin + path, { headers, maxRedirects: 0 });
  }

  async leave() {
    await this.context.close();
  }
}
