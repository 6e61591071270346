import { sleep } from "./run.js";
import { post, send } from "./seed.js";
import { sampleCustomers, signFor } from "./shop.js";

/** A few requests in different states, so that widget, portal and console have something to show on the first evening. */

const [mara, tomas] = sampleCustomers;

/** @type {{ by: typeof mara, subject: string, description: string, priority: string, category: string, tags: string[], answers?: string[], status?: string }[]} */
const samples = [
  {
    by: mara,
    subject: "The lid of my pot arrived chipped",
    description:
      "I unpacked order 20418 this morning. The pot itself is fine, but the lid has a chip on the rim, about as wide as a fingernail.\n\nCan you send me only the lid?",
    priority: "high",
    category: "question",
    tags: ["delivery", "damage"],
    answers: [
      "I am sorry about that, Mara. We keep lids of each batch and yours goes out today.\n\nCould you tell me whether the number under the pot ends in **A** or **B**?",
    ],
  },
  {
    by: mara,
    subject: "Invoice for order 20311 has my old address",
    description:
      "My accountant needs the invoice with the new address: Hafengasse 7. The delivery went to the right place.",
    priority: "medium",
    category: "billing",
    tags: ["invoice"],
  },
  {
    by: mara,
    subject: "Does the glass pot go into the dishwasher?",
    description: "The page does not say. The strainer comes out, I suppose?",
    priority: "low",
    category: "question",
    tags: [],
    answers: [
      "It does, without the strainer: that one only needs a rinse. We have added it to the page. Thank you for asking.",
    ],
    status: "resolved",
  },
  {
    by: tomas,
    subject: "I cannot sign in since I changed my email",
    description:
      "Steps:\n\n1. I changed the address in my account yesterday\n2. The confirmation never came\n3. Now neither the old nor the new address works\n\nMy subscription is due on Friday.",
    priority: "critical",
    category: "account",
    tags: ["sign-in"],
  },
  {
    by: tomas,
    subject: "Pausing the yearly subscription over summer",
    description: "We are away from June to August. Can the three bags be moved to the end?",
    priority: "low",
    category: "account",
    tags: ["subscription"],
    status: "in_progress",
  },
];

/**
 * Sends them as the site's own server would, on behalf of customers that it has vouched for; the answers come from the owner.
 * @param {{ api: string, siteKey: string, secretKey: string, identitySecret: string, owner: { email: string, password: string } }} options
 */
export async function sendSampleTickets({ api, siteKey, secretKey, identitySecret, owner }) {
  const server = { Authorization: `Bearer ${secretKey}` };
  const staff = bearer(await post(`${api}/v1/staff/login`, {}, owner));
  const customers = await Promise.all(
    sampleCustomers.map(async (customer) =>
      bearer(await post(`${api}/v1/sessions`, {}, { siteKey, userToken: await signFor(customer, identitySecret) })),
    ),
  );
  for (const [place, { by, answers = [], status, ...ticket }] of samples.entries()) {
    const onBehalfOf = { externalId: by?.id };
    // The repeat key makes a start that was interrupted here continue where it was.
    const { id } = await post(
      `${api}/v1/support/tickets`,
      { ...server, "Idempotency-Key": `sample-${place}` },
      { ...ticket, onBehalfOf },
    );
    for (const [number, body] of answers.entries()) {
      await post(
        `${api}/v1/support/tickets/${id}/comments`,
        { ...staff, "Idempotency-Key": `sample-${place}-${number}` },
        { body },
      );
    }
    if (status) await send("PATCH", `${api}/v1/support/tickets/${id}`, staff, { status });
  }
  await Promise.all(customers.map((customer) => readAll(api, customer)));
}

/**
 * The bell starts at nought: what happened before anybody came is no news. Notices follow their event a little later, so
 * this waits until no more come.
 * @param {string} api
 * @param {Record<string, string>} customer
 */
async function readAll(api, customer) {
  const unread = async () => (await send("GET", `${api}/v1/notifications?limit=1`, customer)).unreadCount;
  let seen = await unread();
  for (let calm = 0, tries = 0; calm < 4 && tries < 20; tries++) {
    await sleep(250);
    const now = await unread();
    calm = now === seen ? calm + 1 : 0;
    seen = now;
  }
  await send("PUT", `${api}/v1/notifications/read-all`, customer, {});
}

/** @param {{ token: string }} session @returns {Record<string, string>} */
const bearer = ({ token }) => ({ Authorization: `Bearer ${token}` });
