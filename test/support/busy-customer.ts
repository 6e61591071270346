import type { Ticket } from "@sidedesk/contract";
import type { TestApp } from "./app.ts";
import type { TestCustomer, TestSite, TestStaff } from "./factories.ts";

interface Desk {
  app: TestApp;
  site: TestSite;
  owner: TestStaff;
  agent: TestStaff;
}

/** A text file, not used yet. */
export async function upload(app: TestApp, as: string, text: string): Promise<string> {
  const body = new FormData();
  body.append("file", new Blob([text], { type: "text/plain" }), "letter.txt");
  const reply = await fetch(`${app.url}/v1/support/attachments`, {
    method: "POST",
    headers: { authorization: `Bearer ${as}` },
    body,
  });
  if (reply.status !== 201) throw new Error(`no file: ${reply.status}`);
  return ((await reply.json()) as { id: string }).id;
}

/** Somebody who left traces wherever a desk keeps any. */
export async function buildLife({ app, site, owner, agent }: Desk, person: TestCustomer): Promise<Ticket[]> {
  const { name, email } = person;
  for (const as of [owner, person]) {
    const endpoint = await app.post("/v1/webhooks", {
      as,
      body: { url: "https://nobody.invalid/in", events: ["ticket.created", "comment.created"] },
    });
    if (endpoint.status !== 201) throw new Error(`no webhook: ${endpoint.status}`);
  }
  const made: Ticket[] = [];
  for (const subject of ["First thing", "Second thing", "First thing again"]) {
    const reply = await app.post("/v1/support/tickets", {
      as: person,
      headers: { "idempotency-key": `key-${subject}` },
      body: {
        subject: `${subject} of ${name}`,
        description: `I am ${name}, write to ${email} please.`,
        attachmentIds: [await upload(app, person.token, `Dear desk, yours, ${name}\n`)],
        reference: { type: "order", id: "4711", label: `Order of ${name}` },
        tags: ["quastenberg"],
      },
    });
    if (reply.status !== 201) throw new Error(`no ticket: ${reply.status}`);
    made.push(reply.body as Ticket);
  }
  const [first, second, again] = made as [Ticket, Ticket, Ticket];
  await upload(app, person.token, `Never sent by ${name}\n`);
  const path = `/v1/support/tickets/${first.id}`;
  await app.patch(path, { as: owner, body: { assigneeId: agent.id } });
  await app.post(`${path}/comments`, { as: person, body: { body: `It is still broken, ${name}.` } });
  await app.post(`${path}/comments`, { as: agent, body: { body: `Dear ${name}, we are on it.` } });
  await app.post(`${path}/comments`, {
    as: agent,
    body: {
      body: `${name} called.`,
      visibility: "internal",
      attachmentIds: [await upload(app, agent.token, `Notes on ${email}\n`)],
    },
  });
  await app.post(`/v1/support/tickets/${again.id}/merge`, { as: agent, body: { into: second.id } });
  await app.patch(`/v1/support/tickets/${second.id}`, { as: person, body: { status: "resolved" } });
  await app.post(`/v1/support/tickets/${second.id}/rating`, {
    as: person,
    body: { score: 4, comment: `Thanks, ${name}` },
  });
  await app.patch(`/v1/customers/${person.id}`, { as: agent, body: { notes: `${name} likes to be called.` } });
  await app.post("/v1/views", { as: agent, body: { name: "Hers", filter: { q: email }, shared: true } });
  await app.post("/v1/views", {
    as: agent,
    body: { name: `All of ${name}`, filter: { status: "open" }, shared: false },
  });
  await app.post("/v1/support/tickets", {
    as: site.secretKey,
    headers: { "idempotency-key": "on-behalf" },
    body: { subject: "By telephone", description: "They called and asked us.", onBehalfOf: { id: person.id } },
  });
  await app.post("/v1/notifications", {
    as: site.secretKey,
    body: { customers: [{ id: person.id }], type: "info", title: `Dear ${name}`, message: "Your order is here." },
  });
  await app.post("/v1/events", {
    as: site.secretKey,
    body: { type: "parcel.sent", customer: { id: person.id }, data: { to: name } },
  });
  return made;
}
