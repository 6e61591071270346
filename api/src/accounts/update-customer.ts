import type { CustomerPatch } from "@sidedesk/contract";
import { actorOf, type ServerCaller, type StaffCaller } from "../core/caller.ts";
import { isDuplicate } from "../core/data/is-duplicate.ts";
import { inSession, transaction } from "../core/data/transaction.ts";
import { AppError, notFound } from "../core/errors.ts";
import { record } from "../core/events/record.ts";
import { changeCustomer, customers, type CustomerDocument } from "./customer.model.ts";
import { customerKeys } from "./customer-words.ts";

/** The whole of a customer, for staff. @throws AppError 404 */
export async function getCustomer(siteId: string, id: string): Promise<CustomerDocument> {
  const customer = await customers().findOne({ _id: id, siteId }, inSession());
  if (!customer) throw notFound("customer");
  return customer;
}

/**
 * Changes what staff know of a customer. Name and address go into the copies on tickets by `customer.updated`; what the
 * host says at the next sign-in wins again. @throws AppError 404, 409 when another customer has the address
 */
export function updateCustomer(
  caller: StaffCaller | ServerCaller,
  id: string,
  patch: CustomerPatch,
): Promise<CustomerDocument> {
  const { siteId } = caller;
  return transaction(async () => {
    const before = await getCustomer(siteId, id);
    const { externalId } = before;
    const { name = before.name, email = before.email, notes = before.notes } = patch;
    if (email !== before.email) await assertFree(siteId, email);
    const isRenamed = name !== before.name || email !== before.email;
    if (!isRenamed && notes === before.notes) return before;
    const change = {
      notes,
      ...(isRenamed ? { name, email, ...customerKeys({ name, email, externalId }) } : {}),
      ...(externalId === null ? { identity: `e:${email}` } : {}),
    };
    await changeCustomer(siteId, id, change).catch(taken);
    if (isRenamed)
      await record(
        "customer.updated",
        { siteId, actor: actorOf(caller) },
        {
          customerId: id,
          before: { name: before.name, email: before.email, externalId },
          after: { name, email, externalId },
        },
      );
    return { ...before, ...change };
  });
}

const emailTaken = (): AppError =>
  new AppError("conflict", "Another customer has this address.", { errors: [{ path: "email", message: "Taken." }] });

async function assertFree(siteId: string, email: string): Promise<void> {
  if (await customers().findOne({ siteId, email }, { projection: { _id: 1 }, ...inSession() })) throw emailTaken();
}

function taken(error: unknown): never {
  throw isDuplicate(error) ? emailTaken() : error;
}
