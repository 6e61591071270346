import type { Comment, Ticket } from "@sidedesk/contract";
import mongoose from "mongoose";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { replyAddress } from "../../api/src/channels/reply-address.ts";
import { bundleApi, startApi, type ApiProcess } from "../support/api-process.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  buildTicket,
  type TestCustomer,
  type TestSite,
  type TestStaff,
} from "../support/factories.ts";
import { startImap, type TestImap } from "../support/imap-server.ts";
import { corpus } from "../support/mail-corpus.ts";
import { testMongodbUri, testName, testRedisUrl } from "../support/services.ts";
import { until } from "../support/until.ts";

const path = "/v1/support/tickets";
const table = (name: string) => mongoose.connection.db!.collection(name);

let imap: TestImap;
let app: TestApp;
let site: TestSite;
let owner: TestStaff;
let mara: TestCustomer;
let ticket: Ticket;

const inboundEnv = (url: string): Record<string, string> => ({
  SIDEDESK_INBOUND_ADDRESS: "*@reply.desk.example",
  SIDEDESK_INBOUND_IMAP_URL: url,
  SIDEDESK_LIMIT_INBOUND: "1000",
});
async function openDesk(env: Record<string, string>, roles: string[]): Promise<void> {
  app = await startTestApp({ roles, env });
  site = await buildSite();
  owner = await buildStaff(app, site, { role: "owner" });
  mara = await buildCustomer(app, site);
  ticket = await buildTicket(app, mara);
}
/** An answer of hers, with words of its own. */
const answer = (words: string): Buffer => {
  const raw = String(corpus[0]!.raw({ from: mara.email, to: replyAddress({ ticketId: ticket.id })! }));
  return Buffer.from(raw.replace("It works now, thanks!", words));
};
const said = async (): Promise<string[]> =>
  ((await app.get(`${path}/${ticket.id}/comments?limit=100`, { as: owner })).body.data as Comment[]).map(
    ({ body }) => body,
  );
const isSaid = (words: string) => until(async () => (await said()).includes(words), { what: words, ms: 30_000 });
const setup = async () => (await app.get("/v1/inbound", { as: owner })).body;
const allSeen = () => imap.messages().every(({ flags }) => flags.includes("\\Seen"));

describe("E2 a mailbox that says when mail comes", () => {
  beforeAll(async () => {
    imap = await startImap();
    await openDesk({ ...inboundEnv(imap.url), SIDEDESK_INBOUND_POLL_SECONDS: "3600" }, ["http", "relay", "worker"]);
  });
  afterAll(async () => {
    await app.close();
    await imap.close();
  });

  it("is read from its beginning, in order, and marked", async () => {
    await until(async () => (await setup()).mailbox.state === "connected", { what: "the connection" });
    expect(await setup()).toMatchObject({
      enabled: true,
      address: `${site.slug}@reply.desk.example`,
      mailbox: { state: "connected", error: null, lookedAt: expect.any(String) },
    });
    for (const words of ["One here.", "Two here.", "Three here."]) imap.deliver(answer(words));
    for (const words of ["One here.", "Two here.", "Three here."]) await isSaid(words);
    await until(allSeen, { what: "all marked" });
  });

  it("is read when the connection comes back, with what came meanwhile, and nothing twice", async () => {
    imap.drop();
    imap.deliver(answer("While nobody listened."));
    await isSaid("While nobody listened.");
    imap.deliver(answer("And after that."));
    await isSaid("And after that.");
    expect(imap.connections()).toBe(1);
    expect(await said()).toHaveLength(5);
  });

  it("is read anew when its numbers are others, and nothing is taken twice", async () => {
    imap.drop();
    imap.renumber();
    imap.deliver(answer("Under new numbers."));
    await isSaid("Under new numbers.");
    expect(await said()).toHaveLength(6);
    expect(await table("inbound_mails").countDocuments()).toBe(6);
  });

  it("takes mails of bytes that are no text, and turns away what is no mail, without stopping", async () => {
    imap.deliver("\r\n");
    imap.deliver("Nothing like a mail at all");
    imap.deliver(answer("Still reading."));
    await isSaid("Still reading.");
  });

  it("reads on past a mail that the server does not hand out, says so, and takes it when it does", async () => {
    const uid = String(Math.max(...imap.messages().map((message) => message.uid)) + 1);
    imap.refuse(uid);
    imap.deliver(answer("Nobody gets this one."));
    imap.deliver(answer("This one comes."));
    await isSaid("This one comes.");
    const { error } = await until(
      async () => {
        const { mailbox } = await setup();
        return mailbox.error && mailbox;
      },
      { what: "it is said in the console" },
    );
    expect(error).toContain(`does not hand out a mail (UID ${uid})`);
    expect(await said()).not.toContain("Nobody gets this one.");
    imap.refuse(null);
    imap.deliver(answer("And on."));
    await isSaid("Nobody gets this one.");
    await until(async () => (await setup()).mailbox.error === null, { what: "nothing is refused any more" });
    expect((await said()).filter((words) => words === "Nobody gets this one.")).toHaveLength(1);
  });
});

describe("E2 a mailbox that has to be asked", () => {
  beforeAll(async () => {
    imap = await startImap({ idle: false });
    await openDesk(
      {
        ...inboundEnv(imap.url),
        SIDEDESK_INBOUND_POLL_SECONDS: "1",
        SIDEDESK_INBOUND_MOVE_TO: "Taken over",
        SIDEDESK_INBOUND_AUTHSERV_ID: "mx.desk.example",
      },
      ["http", "relay", "worker"],
    );
  });
  afterAll(async () => {
    await app.close();
    await imap.close();
  });

  const vouched = (words: string): Buffer =>
    Buffer.concat([Buffer.from("Authentication-Results: mx.desk.example; dmarc=pass\r\n"), answer(words)]);

  it("believes no sender for whom the mail server does not speak", async () => {
    imap.deliver(answer("Nobody speaks for me."));
    const turnedAway = () => table("inbound_mails").findOne({ reason: "unauthenticated_sender" });
    await until(turnedAway, { what: "the mail turned away" });
    await until(() => imap.messages("Taken over").length === 1, { what: "it moved all the same" });
    expect(await said()).toEqual([]);
  });

  it("is asked again and again, and what was taken over is moved", async () => {
    imap.deliver(vouched("First asked."));
    await isSaid("First asked.");
    imap.deliver(vouched("Asked again."));
    await isSaid("Asked again.");
    await until(() => imap.messages("Taken over").length === 3 && imap.messages().length === 0, { what: "both moved" });
  });
});

describe("E2 a mailbox that does not let us in", () => {
  afterAll(async () => {
    await app.close();
    await imap.close();
  });
  it("says so in the console, and mails wait for nobody", async () => {
    imap = await startImap({ password: "another" });
    await openDesk(inboundEnv(imap.url), ["http", "worker"]);
    await until(async () => (await setup()).mailbox.state === "failed", { what: "the failure" });
    expect((await setup()).mailbox.error).toEqual(expect.any(String));
    expect(JSON.stringify(await setup())).not.toContain("secret");
  });
});

describe("E2 whoever reads the mailbox is killed", () => {
  const running = new Set<ApiProcess>();
  let env: Record<string, string>;
  const start = async (): Promise<ApiProcess> => {
    const api = await startApi({ ...env, SIDEDESK_ROLES: "relay,worker" });
    running.add(api);
    return api;
  };
  const kill = async (api: ApiProcess): Promise<void> => {
    running.delete(api);
    await api.kill();
  };
  /** As if the time had passed after which what a killed process held is anybody's. */
  const passTime = async (): Promise<void> => {
    const over = { leaseUntil: new Date(0) };
    await table("inbound_mailboxes").updateMany({}, { $set: over });
    await table("inbound_mails").updateMany({ state: "inflight" }, { $set: over });
  };

  beforeAll(async () => {
    imap = await startImap();
    await bundleApi();
    const name = testName();
    env = {
      MONGODB_URI: testMongodbUri(name),
      REDIS_URL: testRedisUrl(),
      SIDEDESK_REDIS_PREFIX: name,
      SMTP_URL: "smtp://127.0.0.1:1",
      SIDEDESK_URL: "http://127.0.0.1:4000",
      SIDEDESK_SECRET: "test-secret-of-at-least-32-characters",
      SIDEDESK_MODE: "local",
      SIDEDESK_SCAN: "off",
      SIDEDESK_LOG_LEVEL: "info",
      ...inboundEnv(imap.url),
      SIDEDESK_INBOUND_POLL_SECONDS: "3600",
    };
    await openDesk(env, ["http"]);
  });
  afterEach(async () => {
    await Promise.all([...running].map(kill));
    await passTime();
  });
  afterAll(async () => {
    await app.close();
    await imap.close();
  });

  it.each(["UID FETCH", "UID STORE"] as const)(
    "at %s, again and again: nothing is lost and nothing is there twice",
    async (command) => {
      const words = Array.from({ length: 6 }, (_none, n) => `${command} number ${n}.`);
      for (const one of words) imap.deliver(answer(one));
      for (let round = 1; round <= 3; round += 1) {
        let isKilled = false;
        const reached = new Promise<void>((resolve) => {
          imap.hold(command, async () => {
            resolve();
            await until(() => isKilled, { what: "its end" });
          });
        });
        const api = await start();
        await reached;
        await kill(api);
        isKilled = true;
        await passTime();
      }
      await start();
      for (const one of words) await isSaid(one);
      await until(allSeen, { what: "all marked" });
      const all = await said();
      for (const one of words) expect(all.filter((body) => body === one)).toHaveLength(1);
    },
  );

  it("is read by one process of several, and by another when that one stops", async () => {
    const [first, second] = [await start(), await start()];
    await until(() => imap.connections() > 0, { what: "a reader" });
    imap.deliver(answer("To one of two."));
    await isSaid("To one of two.");
    expect(imap.connections()).toBe(1);
    for (const api of [first, second]) {
      running.delete(api);
      expect((await api.stop()).code).toBe(0);
      if (api !== first) break;
      imap.deliver(answer("To whoever is left."));
      await isSaid("To whoever is left.");
    }
    expect((await said()).filter((body) => body.startsWith("To "))).toHaveLength(2);
    expect(await table("inbound_mailboxes").findOne()).toMatchObject({ holder: null });
  });
});
