import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { SignJWT } from "jose";
import { shopPage } from "./shop-page.js";

/** Who can shop in the demo. The first one is signed in until somebody else is chosen. */
export const sampleCustomers = [
  { id: "mara", name: "Mara Lindqvist", email: "mara@example.com" },
  { id: "tomas", name: "Tomás Oliveira", email: "tomas@example.com" },
];

const cookieName = "tarnside_customer";
/** What an owner puts on their own site for push: one line, which needs no updates. @param {string} desk */
const pushWorker = (desk) => `importScripts("${desk}/sidedesk-push-worker.js");\n`;
const files = {
  "/shop.css": { type: "text/css; charset=utf-8", body: asset("shop.css") },
  "/shop.js": { type: "text/javascript; charset=utf-8", body: asset("client.js") },
  "/favicon.svg": { type: "image/svg+xml", body: asset("favicon.svg") },
};

/**
 * The demo shop: somebody else's site that carries Sidedesk, on an origin of its own, with the strictest policy that
 * Sidedesk promises to work under, and a backend that vouches for its customers.
 * @param {{ port: number, host?: string | undefined, desk: string, siteKey: string, identitySecret: string }} options
 */
export async function startShop({ port, host, desk, siteKey, identitySecret }) {
  const policy = [
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "style-src 'self'",
    `script-src 'self' ${desk}`,
    `connect-src 'self' ${desk} ${desk.replace(/^http/, "ws")}`,
    `img-src 'self' ${desk}`,
    "require-trusted-types-for 'script'",
  ].join("; ");

  /** @type {import("node:http").RequestListener} */
  const answer = async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://shop");
    const customer = customerOf(request.headers.cookie);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cache-Control", "no-store");
    if (request.method === "POST" && pathname === "/customer") {
      // Only the shop's own page may switch, as in any shop with a sign-in.
      const site = request.headers["sec-fetch-site"];
      if (site !== undefined && site !== "same-origin") return void response.writeHead(403).end();
      const chosen = await readBody(request);
      response.setHeader("Set-Cookie", `${cookieName}=${encodeURIComponent(chosen)}; Path=/; HttpOnly; SameSite=Lax`);
      return void response.writeHead(204).end();
    }
    if (request.method !== "GET" && request.method !== "HEAD")
      return void response.writeHead(405, { Allow: "GET, HEAD" }).end();
    if (pathname === "/desk-token") {
      if (!customer) return void response.writeHead(401, { "Content-Type": "text/plain" }).end("Nobody is signed in.");
      return void response
        .writeHead(200, { "Content-Type": "text/plain" })
        .end(await signFor(customer, identitySecret));
    }
    const file = Object.hasOwn(files, pathname) ? files[/** @type {keyof typeof files} */ (pathname)] : undefined;
    if (file) return void response.writeHead(200, { "Content-Type": file.type }).end(file.body);
    if (pathname === "/sidedesk-push-worker.js")
      return void response.writeHead(200, { "Content-Type": "text/javascript; charset=utf-8" }).end(pushWorker(desk));
    const page = shopPage(pathname, { desk, siteKey, customer: customer?.id ?? "guest", customers: sampleCustomers });
    response.setHeader("Content-Security-Policy", policy);
    response.writeHead(page.status, { "Content-Type": "text/html; charset=utf-8" }).end(page.html);
  };

  const listener = /** @type {import("node:http").RequestListener} */ (
    (request, response) =>
      void Promise.resolve(answer(request, response)).catch(() =>
        response.headersSent ? response.destroy() : response.writeHead(500).end(),
      )
  );
  const servers = await Promise.all(
    (host ? [host] : ["127.0.0.1", "::1"]).map((address) => listen(listener, port, address)),
  );
  return {
    stop: () => {
      for (const server of servers) {
        server?.close();
        server?.closeAllConnections();
      }
    },
  };
}

/**
 * What a site owner's backend does: says who its signed-in customer is, for ten minutes.
 * @param {typeof sampleCustomers[number]} customer
 * @param {string} identitySecret
 */
export function signFor({ id, name, email }, identitySecret) {
  const token = new SignJWT({ email, name }).setProtectedHeader({ alg: "HS256", typ: "JWT" }).setSubject(id);
  return token.setIssuedAt().setExpirationTime("10m").sign(new TextEncoder().encode(identitySecret));
}

/** @param {string | undefined} cookies */
function customerOf(cookies) {
  const chosen = new RegExp(`(?:^|;\\s*)${cookieName}=([^;]*)`).exec(cookies ?? "")?.[1];
  if (chosen === undefined) return sampleCustomers[0];
  return sampleCustomers.find((each) => each.id === chosen) ?? null;
}

/** @param {import("node:http").IncomingMessage} request @returns {Promise<string>} */
async function readBody(request) {
  let body = "";
  for await (const chunk of request) {
    body += chunk;
    if (body.length > 200) break;
  }
  return sampleCustomers.some((each) => each.id === body) ? body : "guest";
}

/**
 * @param {import("node:http").RequestListener} listener
 * @param {number} port
 * @param {string} address
 * @returns {Promise<import("node:http").Server | null>} null where the machine has no such address
 */
function listen(listener, port, address) {
  return new Promise((resolve, reject) => {
    const server = createServer(listener);
    server.once("error", (error) => (/EADDRNOTAVAIL|EAFNOSUPPORT/.test(String(error)) ? resolve(null) : reject(error)));
    server.listen(port, address, () => resolve(server));
  });
}

/** @param {string} name */
function asset(name) {
  return readFileSync(new URL(`../shop/${name}`, import.meta.url));
}
