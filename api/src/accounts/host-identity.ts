import { email as emailSchema } from "@sidedesk/contract";
import { decodeProtectedHeader, jwtVerify, type JWTPayload } from "jose";
import { z } from "zod";
import { AppError } from "../core/errors.ts";
import { identitySecrets } from "../sites/index.ts";

/** A token the host signed may be valid this long, and clocks may differ by this much; seconds. */
const longestSeconds = 3600;
const leewaySeconds = 60;

const claimsSchema = z.object({
  sub: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .refine((value) => !value.includes("\0")),
  email: emailSchema,
  name: z
    .string()
    .trim()
    .max(200)
    .refine((value) => !value.includes("\0"))
    .optional(),
  exp: z.number(),
});

/** Who the host says is signed in. @throws AppError 401, naming what is wrong with the token. */
export async function readHostIdentity(
  siteId: string,
  userToken: string,
): Promise<{ externalId: string; email: string; name: string | undefined; expiresAt: Date; keyId: string }> {
  const { keyId, claims } = await verifyForSite(siteId, userToken);
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success)
    throw refused(`its claim \`${String(parsed.error.issues[0]?.path[0])}\` is missing or not valid`);
  const { sub, email, name, exp } = parsed.data;
  const now = Date.now() / 1000;
  if (exp > now + longestSeconds + leewaySeconds) throw refused("its `exp` is more than an hour ahead");
  // Within the leeway the host's clock is behind ours: its "now" is what the token meant.
  const expiresAt = new Date((exp > now ? exp : exp + leewaySeconds) * 1000);
  return { externalId: sub, email, name: name || undefined, expiresAt, keyId };
}

type Secrets = Awaited<ReturnType<typeof identitySecrets>>;

async function verifyForSite(siteId: string, token: string): Promise<{ keyId: string; claims: JWTPayload }> {
  const secrets = await identitySecrets(siteId);
  const found = await verifyWithAny(secrets, token);
  if (found !== null) return found;
  // Another process may have made a key since this one looked.
  const later = await verifyWithAny(await identitySecrets(siteId, secrets), token);
  if (later !== null) return later;
  if (secrets.length === 0) throw refused("the site has no identity secret yet");
  throw refused("its signature is not by this site's identity secret");
}

/** @returns null when none of the secrets signed it @throws AppError 401 when it is refused whoever signed it */
async function verifyWithAny(secrets: Secrets, token: string): Promise<{ keyId: string; claims: JWTPayload } | null> {
  try {
    if (decodeProtectedHeader(token).alg !== "HS256") throw refused("its algorithm is not HS256");
  } catch (error) {
    throw error instanceof AppError ? error : refused("it is not a JWT");
  }
  let reason = "";
  for (const { id, secret } of secrets) {
    try {
      const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
        algorithms: ["HS256"],
        clockTolerance: leewaySeconds,
        requiredClaims: ["exp", "sub", "email"],
      });
      return { keyId: id, claims: payload };
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code === "ERR_JWT_EXPIRED") reason = "it has expired";
      else if (code === "ERR_JWT_CLAIM_VALIDATION_FAILED") reason = (error as Error).message;
    }
  }
  if (reason) throw refused(reason);
  return null;
}

const refused = (reason: string): AppError => new AppError("unauthenticated", `The user token was refused: ${reason}.`);
