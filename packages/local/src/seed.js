/** @typedef {ReturnType<typeof import("./operator.js").operator>} Tool */

const slug = "demo";

/**
 * Makes the demo site with its keys and its owner, through the operator's tool like any site.
 * @param {{ tool: Tool, origin: string, owner: { email: string, password: string } }} options
 * @returns {Promise<{ publicKey: string, secretKey: string, identitySecret: string }>}
 */
export async function seedSite({ tool, origin, owner }) {
  const made = await tool.attempt("site", "create", "--slug", slug, "--name", "Tarnside", "--origin", origin);
  // On a database of one's own the site may be there from another data folder: then it gets keys of ours beside the others.
  if (made.code !== 0) await allowOrigin({ tool, origin });
  const key = (/** @type {string} */ kind) =>
    tool.must(["key", "create", "--site", slug, "--kind", kind, "--label", "demo"]);
  const staff = [
    "staff",
    "create",
    "--site",
    slug,
    "--email",
    owner.email,
    "--name",
    "Demo Owner",
    "--role",
    "owner",
    "--password-stdin",
  ];
  const [publicKey, secretKey, identitySecret] = await Promise.all([
    key("public"),
    key("secret"),
    key("identity"),
    tool.must(staff, owner.password),
  ]);
  return { publicKey, secretKey, identitySecret };
}

/** Lets the shop's present address use the site. @param {{ tool: Tool, origin: string }} options */
export const allowOrigin = ({ tool, origin }) => tool.must(["site", "allow", "--slug", slug, "--origin", origin]);

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
