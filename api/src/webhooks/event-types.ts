import { webhookBody, webhookEvents, type WebhookEventType } from "@sidedesk/contract";
import { z } from "zod";

let catalogue: WebhookEventType[] | undefined;

/** The catalogue: each type with the JSON Schema of a delivery's body, and a body that fits it. */
export function listEventTypes(): WebhookEventType[] {
  catalogue ??= Object.entries(webhookEvents).map(([name, { description, data, example }]) => ({
    name,
    description,
    schema: z.toJSONSchema(webhookBody(name, data), { io: "output", unrepresentable: "any" }),
    example: { id: "6740d0f2a4b1c3d2e5f60799", type: name, timestamp: "2026-11-20T10:20:00.000Z", data: example },
  }));
  return catalogue;
}
