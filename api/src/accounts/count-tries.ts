import { AppError } from "../core/errors.ts";
import { consume, refund } from "../core/http/limits.ts";

/**
 * Lets somebody try a password. A failure counts for the address it came from and for the account, existing or not; the
 * count is taken before the password is looked at, so that parallel tries cannot slip through, and given back when it was right.
 *
 * @param who.account what stands for the account, and says nothing of whom
 * @param check whose password it is, or null; takes as long for an account that does not exist
 * @throws AppError 401 with triesLeft, 429.
 */
export async function countTries<T>(who: { ip: string; account: string }, check: () => Promise<T | null>): Promise<T> {
  const { ip, account } = who;
  const byAddress = await consume("login-address", ip);
  const byAccount = await consume("login-account", account).catch(async (error: unknown) => {
    await refund("login-address", ip); // the account is paused: this try was never looked at
    throw error;
  });
  const found = await check();
  if (found === null)
    throw new AppError("unauthenticated", "Email and password do not match.", {
      triesLeft: Math.min(byAddress.left, byAccount.left),
    });
  await Promise.all([refund("login-address", ip), refund("login-account", account)]);
  return found;
}
