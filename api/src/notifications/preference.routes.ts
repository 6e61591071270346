import { preferencesInput, preferencesOutput } from "@sidedesk/contract";
import { ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { changePreferences, getPreferences } from "../preferences/index.ts";
import { mailGatheredNow } from "./gather-mail.ts";
import { personOf } from "./person.ts";

const callers = ["customer", "staff"] as const;
const path = "/v1/notifications/preferences";
const tag = "Notifications";

export const preferenceRoutes = [
  route({
    method: "GET",
    path,
    summary: "How you want to be told: each type by each way, gathered or not, when, and in which language",
    tag,
    callers,
    status: 200,
    output: preferencesOutput,
    handle: async ({ caller }) => ok(await getPreferences(personOf(caller))),
  }),
  route({
    method: "PUT",
    path,
    summary: "Change the parts given; null takes quiet hours, language or time zone back",
    tag,
    callers,
    role: "viewer",
    body: preferencesInput,
    status: 200,
    output: preferencesOutput,
    handle: async ({ caller, body }) => {
      const person = personOf(caller);
      const before = body.digest && (await getPreferences(person)).digest;
      const preferences = await changePreferences(person, body);
      // What was gathered for another rhythm does not wait for its end.
      if (before && before !== preferences.digest) await mailGatheredNow(person.siteId, person.recipient);
      return ok(preferences);
    },
  }),
];
