import { hashPassword, addStaff } from "../../../api/src/accounts/index.ts";
import { loadConfig } from "../../../api/src/core/config.ts";
import { connectData, disconnectData } from "../../../api/src/core/data/connection.ts";
import { createKey, createSite, type SiteRecord } from "../../../api/src/sites/index.ts";
import type { Customer } from "@sidedesk/contract";
import { SignJWT } from "jose";
import { callDesk } from "../../support/call-desk.ts";
import { apiEnvironment, databaseUri, type Running } from "./processes.ts";

export interface Desk {
  site: SiteRecord;
  publicKey: string;
  secretKey: string;
  identitySecret: string;
  /** A session token of a member of staff with the role `agent`. */
  staff: string;
  customers: (Customer & { token: string })[];
}

/** The member of staff whom a prepared desk has. */
export const agent = { email: "agent@desk.example", password: "correct horse battery" };

/** Makes a site with keys, a member of staff and signed-in customers, in the database of a running API. */
export async function prepareDesk(
  api: Running,
  database: string,
  customerCount: number,
  origins: string[] = [],
): Promise<Desk> {
  loadConfig(apiEnvironment(database, api.url));
  await connectData(databaseUri(database));
  const site = await createSite({ name: "Tarnside", slug: "bench", origins, locale: "en", timezone: "UTC" });
  const publicKey = (await createKey(site.id, "public", "bench")).key;
  const secretKey = (await createKey(site.id, "secret", "bench")).key;
  const identitySecret = (await createKey(site.id, "identity", "bench")).key;
  const operator = { kind: "system", id: null, name: "bench" } as const;
  await addStaff(site.id, operator, {
    email: agent.email,
    name: "Jonas Whitlock",
    role: "agent",
    passwordHash: await hashPassword(agent.password),
  });
  await disconnectData();
  const { token: staff } = await post<{ token: string }>(api, "/v1/staff/login", agent);
  const customers: Desk["customers"] = [];
  for (let index = 0; index < customerCount; index += 1) {
    const claims = { sub: `user-${index}`, email: `user-${index}@shop.example`, name: `Customer Number${index}` };
    const userToken = await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256" })
      .setExpirationTime(Math.floor(Date.now() / 1000) + 3590)
      .sign(new TextEncoder().encode(identitySecret));
    const { token, customer } = await post<{ token: string; customer: Customer }>(api, "/v1/sessions", {
      siteKey: publicKey,
      userToken,
    });
    customers.push({ ...customer, token });
  }
  return { site, publicKey, secretKey, identitySecret, staff, customers };
}

/** @throws Error unless it is answered with 2xx */
export const post = <T>(api: { url: string }, path: string, body: unknown, token?: string): Promise<T> =>
  callDesk(api.url, "POST", path, token, body);

export const jsonHeaders = (token: string): Record<string, string> => ({
  "content-type": "application/json",
  authorization: `Bearer ${token}`,
});
