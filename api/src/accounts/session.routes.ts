import { sessionInput, sessionOutput } from "@sidedesk/contract";
import { AppError } from "../core/errors.ts";
import { ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { assertSiteOrigin } from "./assert-site-origin.ts";
import { findKey } from "../sites/index.ts";
import { readHostIdentity } from "./host-identity.ts";
import { identifyCustomer } from "./resolve-customer.ts";
import { customerSession } from "./session.ts";
import { spokenIn } from "./spoken.ts";

export const sessionRoutes = [
  route({
    method: "POST",
    path: "/v1/sessions",
    tag: "Sessions",
    summary: "A customer's session for a user token that the host signed",
    callers: ["anyone"],
    body: sessionInput,
    status: 200,
    output: sessionOutput,
    limit: "sessions",
    repeatable: false,
    handle: async ({ body, http }) => {
      const key = await findKey("public", body.siteKey);
      if (!key) throw new AppError("unauthenticated", "There is no such site key.");
      await assertSiteOrigin(key.siteId, http.origin);
      const { expiresAt, keyId, ...identity } = await readHostIdentity(key.siteId, body.userToken);
      return ok(
        await customerSession(await identifyCustomer(key.siteId, identity, spokenIn(body)), {
          notAfter: expiresAt,
          keyId,
        }),
      );
    },
  }),
];
