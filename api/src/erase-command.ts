import { findCustomerByEmail } from "./accounts/index.ts";
import { eraseNow } from "./privacy/index.ts";

const operator = { kind: "system", id: null, name: "operator" } as const;

/**
 * Erases everybody of a site who has this address, here and now: no worker has to run for it. What is killed half-way is
 * taken over by a worker.
 * @returns 1 when there is nobody of this address
 */
export async function eraseByEmail(siteId: string, email: string, print: (line: string) => void): Promise<number> {
  let count = 0;
  for (;;) {
    const customer = await findCustomerByEmail(siteId, email);
    if (!customer) break;
    count += 1;
    print("Erasing; it takes half a minute, to look once more for what was just being written.");
    const { tickets, comments, files, notifications } = await eraseNow({ siteId, actor: operator }, customer);
    print(`erased: ${tickets} tickets, ${comments} comments, ${files} files, ${notifications} notices`);
  }
  if (count === 0) print("There is no customer with this address.");
  return count > 0 ? 0 : 1;
}
