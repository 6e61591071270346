import { livePage, livePageQuery } from "@sidedesk/contract";
import { authenticate, isSiteOrigin } from "../accounts/index.ts";
import { ok } from "../core/http/answer.ts";
import { originRefused } from "../core/http/origins.ts";
import { route } from "../core/http/route.ts";
import { pollStream } from "../core/live/poll.ts";
import { maySubscribe } from "../tickets/index.ts";

export const liveRoutes = [
  route({
    method: "GET",
    path: "/v1/live",
    summary: "The live events after a number, waited for if so asked: where no WebSocket comes through",
    tag: "Realtime",
    callers: ["customer", "staff"],
    query: livePageQuery,
    status: 200,
    output: livePage,
    errors: ["rate_limited"],
    handle: async ({ caller, query: { after, wait, tickets }, http }) => {
      const asked = tickets?.split(",") ?? [];
      const mine = await Promise.all(asked.map((id) => maySubscribe(caller, id).catch(() => false)));
      const watched = asked.filter((_id, index) => mine[index]);
      const page = await pollStream(caller, after, Number(wait ?? 0), watched);
      // Rights may have gone while it waited: what came since is not theirs to see.
      const token = (http.header("authorization") ?? "").slice("Bearer ".length);
      await authenticate(token, { site: http.header("x-site") });
      const { origin } = http;
      if (origin && !(await isSiteOrigin(caller.siteId, origin))) throw originRefused(origin);
      return ok(page);
    },
  }),
];
