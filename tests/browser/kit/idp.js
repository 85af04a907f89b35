// An identity provider (oidc-provider) with a page of its own, on which whoever types a name is that person.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import http from "node:http";

import { identityProvider } from "./tools.js";

/** What the provider calls a login with a key. */
export const STRONG = "urn:example:key";

const SECRET = randomBytes(24).toString("base64url");

/** A key that signs; the provider shows its public part. */
function key(kind, options, kid, alg) {
  return { ...generateKeyPairSync(kind, options).privateKey.export({ format: "jwk" }), kid, alg, use: "sig" };
}

/** Listens; `register` says later who may send people here, since that server's address is not known before. */
export class Idp {
  static async open() {
    const idp = new Idp();
    idp.server = http.createServer((request, response) => idp.answer(request, response)).listen(0, "127.0.0.1");
    await once(idp.server, "listening");
    // It is there as long as the journeys go, and holds nobody up when they have gone.
    idp.server.unref().on("connection", (socket) => socket.unref());
    idp.origin = `http://127.0.0.1:${idp.server.address().port}`;
    return idp;
  }

  /** Lines of settings with which a server knows this provider. */
  settings() {
    return [
      "[[login.providers]]",
      'id = "city"',
      'title = { zh = "示例市统一身份", en = "Example City identity" }',
      `issuer = "${this.origin}"`,
      'client_id = "zhiheng"',
      'client_secret_env = "ZHIHENG_JOURNEY_SECRET"',
      'scopes = ["profile"]',
      `strong_acr = ["${STRONG}"]`,
      "egress = { private = true, plain = true }",
      "",
    ].join("\n");
  }

  /** Takes people from a server. */
  async register(origin) {
    const { Provider } = await identityProvider();
    const findAccount = (context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: `岗位 ${id}` }),
    });
    // Nobody is asked again whether the server may know who they are.
    const loadExistingGrant = async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope("openid profile");
      await grant.save();
      return grant;
    };
    this.provider = new Provider(this.origin, {
      acrValues: [STRONG],
      claims: { acr: null, amr: null, auth_time: null, iss: null, sid: null, openid: ["sub"], profile: ["preferred_username"] },
      clients: [
        {
          client_id: "zhiheng",
          client_secret: SECRET,
          redirect_uris: [`${origin}/login/from/city`],
          id_token_signed_response_alg: "RS256",
        },
      ],
      conformIdTokenClaims: false,
      cookies: { keys: [SECRET] },
      features: { devInteractions: { enabled: false } },
      findAccount,
      interactions: { url: (context, interaction) => `/interaction/${interaction.uid}` },
      jwks: { keys: [key("rsa", { modulusLength: 2048 }, "r1", "RS256"), key("ec", { namedCurve: "P-256" }, "e1", "ES256")] },
      loadExistingGrant,
      pkce: { required: () => true },
    });
    this.callback = this.provider.callback();
  }

  async answer(request, response) {
    if (!request.url.startsWith("/interaction/")) return this.callback(request, response);
    if (request.method === "GET") {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      return response.end(
        '<!doctype html><html lang="en"><title>Identity</title><link rel="icon" href="data:,"><main><h1>Identity</h1>' +
          '<form method="post"><label>Name <input id="who" name="who"></label> <button>Continue</button></form></main></html>',
      );
    }
    let body = "";
    for await (const bytes of request) body += bytes;
    const accountId = new URLSearchParams(body).get("who");
    const login = { accountId, acr: STRONG, amr: ["hwk"] };
    return this.provider.interactionFinished(request, response, { login });
  }
}

/** The secret of the client, for the environment of the server. */
export const secret = SECRET;
