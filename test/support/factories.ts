import { randomBytes } from "node:crypto";
import type { Customer, Role, Ticket } from "@sidedesk/contract";
import { SignJWT } from "jose";
import { addStaff, hashPassword } from "../../api/src/accounts/index.ts";
import { createKey, createSite, type SiteRecord } from "../../api/src/sites/index.ts";
import type { TestApp } from "./app.ts";

export interface TestSite extends SiteRecord {
  publicKey: string;
  secretKey: string;
  identitySecret: string;
}
export interface TestStaff {
  id: string;
  email: string;
  name: string;
  password: string;
  token: string;
}
export interface TestCustomer extends Customer {
  token: string;
}

export const testPassword = "correct horse battery";
const unique = (): string => randomBytes(5).toString("hex");
// Signing in is what most tests begin with: a hash that takes no time. How ours is made is for the tests of passwords.
const passwordHash = hashPassword(testPassword, { memoryCost: 64, timeCost: 1, parallelism: 1 });
const operator = { kind: "system", id: null, name: "test" } as const;

/** A site with one key of each kind. */
export async function buildSite(given: { slug?: string; origins?: string[] } = {}): Promise<TestSite> {
  const slug = given.slug ?? `site-${unique()}`;
  const site = await createSite({
    name: "Tarnside",
    slug,
    origins: given.origins ?? [],
    locale: "en",
    timezone: "UTC",
  });
  const [publicKey, secretKey, identitySecret] = await Promise.all(
    (["public", "secret", "identity"] as const).map(async (kind) => (await createKey(site.id, kind, "test")).key),
  );
  return { ...site, publicKey: publicKey!, secretKey: secretKey!, identitySecret: identitySecret! };
}

/** A signed-in staff member. */
export async function buildStaff(
  app: TestApp,
  site: TestSite,
  given: { role?: Role; name?: string; email?: string } = {},
): Promise<TestStaff> {
  const email = given.email ?? `staff-${unique()}@desk.example`;
  const name = given.name ?? "Jonas Whitlock";
  const staff = await addStaff(site.id, operator, {
    email,
    name,
    role: given.role ?? "agent",
    passwordHash: await passwordHash,
  });
  const signedIn = await app.post("/v1/staff/login", { body: { email, password: testPassword } });
  if (signedIn.status !== 200) throw new Error(`sign-in failed: ${JSON.stringify(signedIn.body)}`);
  return { id: staff._id, email, name, password: testPassword, token: signedIn.body.token as string };
}

/** A token as the host's backend would sign it. */
export function signUserToken(
  secret: string,
  claims: Record<string, unknown>,
  options: { expiresIn?: number; alg?: string } = {},
): Promise<string> {
  const token = new SignJWT(claims).setProtectedHeader({ alg: options.alg ?? "HS256" });
  if (!("exp" in claims)) token.setExpirationTime(Math.floor(Date.now() / 1000) + (options.expiresIn ?? 600));
  return token.sign(new TextEncoder().encode(secret));
}

/** A signed-in customer. */
export async function buildCustomer(
  app: TestApp,
  site: TestSite,
  given: { sub?: string; email?: string; name?: string } = {},
): Promise<TestCustomer> {
  const sub = given.sub ?? `user-${unique()}`;
  const userToken = await signUserToken(site.identitySecret, {
    sub,
    email: given.email ?? `${sub}@shop.example`,
    name: given.name ?? "Mara Lindqvist",
  });
  const session = await app.post("/v1/sessions", { body: { siteKey: site.publicKey, userToken } });
  if (session.status !== 200) throw new Error(`no session: ${JSON.stringify(session.body)}`);
  return { ...(session.body.customer as Customer), token: session.body.token as string };
}

/** A ticket its customer sent. */
export async function buildTicket(
  app: TestApp,
  customer: TestCustomer,
  given: Record<string, unknown> = {},
): Promise<Ticket> {
  const made = await app.post("/v1/support/tickets", {
    as: customer,
    body: { subject: "Checkout page times out", description: "It spins for a minute, then nothing.", ...given },
  });
  if (made.status !== 201) throw new Error(`no ticket: ${JSON.stringify(made.body)}`);
  return made.body as Ticket;
}
