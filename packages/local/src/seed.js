import { Refusal } from "./report.js";
import { lastLines } from "./run.js";

/** @typedef {ReturnType<typeof import("./operator.js").operator>} Tool */
/** @typedef {{ email: string, password: string }} Owner */

const slug = "demo";

/**
 * Makes the demo site and its owner through the operator's tool, like any site. What an earlier start made before it was
 * interrupted, or another data folder in the same database, is left as it is.
 * @param {{ tool: Tool, origin: string, owner: Owner }} options
 */
export async function makeSite({ tool, origin, owner }) {
  const site = await tool.attempt(["site", "create", "--slug", slug, "--name", "Tarnside", "--origin", origin]);
  if (site.code !== 0) await allowOrigin({ tool, origin });
  const owning = ["--email", owner.email, "--name", "Demo Owner", "--role", "owner", "--password-stdin"];
  const staff = await tool.attempt(["staff", "create", "--site", slug, ...owning], owner.password);
  if (staff.code !== 0 && !/already|exists|conflict|duplicate/i.test(staff.output)) {
    throw new Refusal("The demo site's owner could not be made:", [lastLines(staff.output, 10)]);
  }
}

/** Lets the shop's present address use the site. @param {{ tool: Tool, origin: string }} options */
export const allowOrigin = ({ tool, origin }) => tool.must(["site", "allow", "--slug", slug, "--origin", origin]);

/**
 * Makes the site's keys as its owner would in the console: over HTTP, since the API is up by now and each call of the tool
 * costs the start of a process.
 * @param {string} api
 * @param {Owner} owner
 * @returns {Promise<{ publicKey: string, secretKey: string, identitySecret: string }>}
 */
export async function makeKeys(api, owner) {
  const { token } = await post(`${api}/v1/staff/login`, {}, owner).catch((error) => {
    throw new Refusal(`${owner.email} cannot sign in to the demo site: ${error.message}`, [
      "Its password is known to the data folder that made it. Use that folder again, or another database.",
    ]);
  });
  const make = async (/** @type {string} */ kind) => {
    const { key } = await post(
      `${api}/v1/sites/${slug}/keys`,
      { Authorization: `Bearer ${token}` },
      { kind, label: "demo" },
    );
    return /** @type {string} */ (key);
  };
  return { publicKey: await make("public"), secretKey: await make("secret"), identitySecret: await make("identity") };
}

/**
 * Whether the keys kept still belong to this database.
 * @param {string} api
 * @param {string} publicKey
 */
export async function knowsKey(api, publicKey) {
  const response = await fetch(`${api}/v1/site`, { headers: { "X-Site-Key": publicKey } });
  await response.arrayBuffer();
  return response.ok;
}

/** @param {string} url @param {Record<string, string>} headers @param {object} body */
export const post = (url, headers, body) => send("POST", url, headers, body);

/**
 * Calls the API as a server would.
 * @param {string} method
 * @param {string} url
 * @param {Record<string, string>} headers
 * @param {object} [body]
 */
export async function send(method, url, headers, body) {
  const content = body === undefined ? {} : { "Content-Type": "application/json" };
  const response = await fetch(url, {
    method,
    headers: { ...content, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${new URL(url).pathname} answered ${response.status}: ${text}`);
  return text === "" ? null : JSON.parse(text);
}
