// What a file of journeys works with: a server, a browser, and people in front of it.
import { after, before } from "node:test";

import { copy } from "./project.js";
import { Visitor } from "./visitor.js";
import { serve } from "./server.js";
import { chromium } from "./tools.js";

const CHROMIUM = process.env.ZHIHENG_CHROMIUM ?? "/usr/bin/chromium";

export class World {
  /** Everybody who has come in. */
  visitors = [];

  /** Copies the project, starts the server and the browser. `prepare` gets the project before the server has it, `options` are the server's. */
  async open(prepare, options) {
    this.project = copy();
    this.prepared = await prepare?.(this.project);
    this.server = await serve(this.project, {}, typeof options === "function" ? options(this.prepared) : options);
    this.browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
    return this;
  }

  async close() {
    for (const visitor of this.visitors) await visitor.leave();
    await this.browser?.close();
    await this.server?.stop();
  }

  /** Somebody in front of a browser of their own; `options` are Visitor's. */
  async visitor(options = {}) {
    const visitor = await Visitor.arrive(this, options);
    this.visitors.push(visitor);
    return visitor;
  }

  /** Somebody signed in. */
  async as(login, options = {}) {
    const visitor = await this.visitor(options);
    await visitor.signIn(login);
    return visitor;
  }
}

/** The world of a file of journeys; it opens when the first of them starts. */
export function world({ prepare, server, opened } = {}) {
  const it = new World();
  before(async () => {
    await it.open(prepare, server);
    await opened?.(it);
  });
  after(() => it.close());
  return it;
}
