import { webhookBody, webhookEvents, type WebhookEventName } from "@sidedesk/contract";
import { describe, expect, it } from "vitest";
import { listEventTypes } from "./event-types.ts";
import { webhookReactions } from "./webhook.reactions.ts";

describe("W1 the catalogue of events", () => {
  it("names every event that is fanned out, and those alone, beside the test", () => {
    const fannedOut = webhookReactions.find(({ name }) => name === "webhooks.fan-out")!.types;
    const names = listEventTypes().map(({ name }) => name);
    expect(names.sort()).toEqual([...fannedOut.filter((type) => type !== "event.published"), "webhook.test"].sort());
  });

  it.each(Object.keys(webhookEvents) as WebhookEventName[])("%s has a schema, and an example that fits it", (name) => {
    const { description, schema, example } = listEventTypes().find((one) => one.name === name)!;
    expect(description).toMatch(/^[A-Z].*\.$/);
    expect(schema).toMatchObject({
      type: "object",
      required: ["id", "type", "timestamp", "data"],
      properties: { type: { const: name } },
    });
    expect(JSON.stringify(schema)).not.toContain('"$ref":"#/components');
    expect(webhookBody(name, webhookEvents[name].data).safeParse(example).error).toBeUndefined();
  });
});
