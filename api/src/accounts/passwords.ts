import { hash, verify } from "@node-rs/argon2";
import { randomSecret } from "../core/data/secrets.ts";

/** argon2id with 19 MiB, two passes, one lane: OWASP's first choice, about 60 ms. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** @param costs what it takes to make and to verify; a hash says how it was made */
export const hashPassword = (password: string, costs = cost): Promise<string> => hash(password, costs);

let decoy: Promise<string> | undefined;
/** Takes as long for an account that does not exist, so that nobody learns which do. */
export async function verifyPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomSecret());
  const matches = await verify(stored ?? (await decoy), password);
  return matches && Boolean(stored);
}
