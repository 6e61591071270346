import { constants, setPriority } from "node:os";
import { createServer, type Server } from "node:http";
import { createServer as createNetServer, type Server as NetServer } from "node:net";
import type { AddressInfo } from "node:net";
import { authenticate, isSiteOrigin } from "./accounts/index.ts";
import { buildApp } from "./app.ts";
import { attachmentChecks } from "./attachments/index.ts";
import { config } from "./core/config.ts";
import { connectData, dataGone, disconnectData, ensureIndexes } from "./core/data/connection.ts";
import { endOrphanedTransactions } from "./core/data/end-orphans.ts";
import { registerReactions } from "./core/events/reaction.ts";
import { startRelay } from "./core/events/relay.ts";
import { prepareServer } from "./core/http/http-server.ts";
import { noteOwnPort } from "./core/http/outbound-address.ts";
import { setUpLimits } from "./core/http/limits.ts";
import { startJobs } from "./core/jobs/run-jobs.ts";
import { startSweeps, type Sweep } from "./core/jobs/sweeps.ts";
import { attachLive, type Live } from "./core/live/attach-live.ts";
import { endPolls } from "./core/live/poll.ts";
import { log } from "./core/log.ts";
import { closeRedis, createRedis } from "./core/redis.ts";
import { jobs, reactions, sweeps } from "./features.ts";
import { tellAgain } from "./notifications/index.ts";
import { exposeFigures, findTroubles, mailCheck } from "./operations/index.ts";
import { isListedOrigin } from "./sites/index.ts";
import { maySubscribe } from "./tickets/index.ts";

export interface RunningProcess {
  /** The port it listens on; undefined without the `http` or `live` role. */
  port: number | undefined;
  stop(): Promise<void>;
}

/** For every process whose work a killed neighbour's locks could hold up. */
const orphanSweep: Sweep = {
  name: "data.orphans",
  everySeconds: 2,
  run: async () => {
    await endOrphanedTransactions();
  },
};

/** Starts the services named in SIDEDESK_ROLES, in the order in which they need each other. */
export async function startProcess(): Promise<RunningProcess> {
  const { SIDEDESK_ROLES: roles, MONGODB_URI, PORT, HOST } = config();
  let stopping = false;
  // Somebody waits for what the others do; mails and webhooks only must not be lost.
  if (!listensWith(roles) && !roles.includes("relay")) setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  await connectData(MONGODB_URI);
  await ensureIndexes();
  registerReactions(reactions);
  const redis = createRedis();
  setUpLimits(redis);
  exposeFigures();

  const work = roles.includes("worker") ? await startJobs(jobs) : undefined;
  const sweeping =
    roles.includes("relay") || roles.includes("worker")
      ? startSweeps([orphanSweep, ...(roles.includes("worker") ? sweeps : [])])
      : undefined;
  // Finds events with the `relay` role, and runs what is queued with the `worker` role.
  const relay = roles.includes("relay") || roles.includes("worker") ? await startRelay() : undefined;
  const listens = listensWith(roles);
  let server: Server | undefined;
  let second: NetServer | undefined;
  let live: Live | undefined;
  if (listens) {
    const app = buildApp({
      isStopping: () => stopping,
      troubles: findTroubles,
      checks: [
        { name: "redis", required: false, check: async () => (await redis.ping()) === "PONG" },
        mailCheck,
        ...attachmentChecks(),
      ],
    });
    server = createServer(app.callback());
    prepareServer(server);
    if (roles.includes("live"))
      live = await attachLive(server, { authenticate, isListedOrigin, originAllowed, maySubscribe, tellAgain });
    second = await listen(server, PORT, HOST);
  }
  // A process that does not listen has neighbours that do, at this port.
  noteOwnPort((server?.address() as AddressInfo | undefined)?.port ?? PORT);
  return {
    port: (server?.address() as AddressInfo | undefined)?.port,
    async stop() {
      if (stopping) return;
      stopping = true;
      // All at once: while one waits for what it has under way, another must not take more.
      const background = Promise.all([relay?.stop(), sweeping?.stop(), work?.stop()]);
      background.catch(() => undefined);
      second?.close();
      const closed = server && new Promise((done) => server.close(done));
      server?.closeIdleConnections();
      const polls = endPolls();
      // Ctrl-C reaches MongoDB as well: what would wait for it then is taken up by lease at the next start.
      const gone = dataGone();
      await Promise.race([gone, live?.close()]);
      // What is being answered may take its time; what only keeps a connection open may not.
      const idle = setInterval(() => server?.closeIdleConnections(), 100);
      await Promise.race([gone, closed, new Promise((done) => setTimeout(done, 10_000).unref())]);
      clearInterval(idle);
      await Promise.race([gone, Promise.all([background, polls])]);
      await closeRedis(redis);
      await Promise.race([gone, disconnectData()]);
    },
  };
}

const listensWith = (roles: readonly string[]): boolean => roles.includes("http") || roles.includes("live");

const originAllowed = ({ siteId }: { siteId: string }, origin: string): Promise<boolean> =>
  isSiteOrigin(siteId, origin);

/** Both loopback addresses unless HOST says otherwise: `localhost` may mean either. */
async function listen(server: Server, port: number, host: string | undefined): Promise<NetServer | undefined> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    // After a restart thousands of live clients come back within a second: who finds no place is tried again only after one, three, seven …
    server.listen({ port, host: host ?? "127.0.0.1", backlog: 4096 }, resolve);
  });
  if (host) return undefined;
  const second = createNetServer((socket) => void server.emit("connection", socket));
  return new Promise((resolve) => {
    second.once("error", (error) => {
      log.info({ err: error }, "not listening on IPv6 loopback");
      resolve(undefined);
    });
    second.listen((server.address() as AddressInfo).port, "::1", () => resolve(second));
  });
}
