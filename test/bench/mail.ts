import { randomBytes } from "node:crypto";
import type { EmailDocument } from "../../api/src/channels/email.model.ts";
import { closeDatabase, commandCounts, database, databasePid, keepTemplates } from "./support/database.ts";
import { post, prepareDesk } from "./support/desk.ts";
import { processorTime } from "./support/load.ts";
import { startMailSink } from "./support/mail-sink.ts";
import { profileFolder, rounds } from "./support/options.ts";
import { printCommands, printGoal } from "./support/print.ts";
import { startApi, startFloor, useMailServer, type Running } from "./support/processes.ts";

/*
 * Messages a second to a mail server on this machine that takes everything at once: ours as they lie in MongoDB, claimed, put
 * together from ticket, answer and customer with two signed links, sent and settled; the floor is Nodemailer's pool alone,
 * handed the bytes of one of them.
 */
const name = "mail_ours";
const perRound = 2000;
const sink = await startMailSink();
useMailServer(sink.url);
const db = await database(name);
await db.dropDatabase();
const ours = await startApi("ours", name, "http,relay,worker");
const desk = await prepareDesk(ours, name, 50);
const mongod = await databasePid();
const emails = db.collection<EmailDocument>("emails");
const isWaiting = { state: { $in: ["pending", "inflight"] as EmailDocument["state"][] } };
const quiet = async (): Promise<void> => {
  while ((await emails.countDocuments(isWaiting)) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
};

/** One ticket with an answer for each customer: what a mail is about is read for each. */
const about: { ticketId: string; commentId: string; customerId: string; to: string; toName: string }[] = [];
for (const { id: customerId, email: to, name: toName, token } of desk.customers) {
  const ticket = await post<{ id: string }>(
    ours,
    "/v1/support/tickets",
    { subject: "Checkout page times out", description: "It spins for a minute, then nothing. ".repeat(8) },
    token,
  );
  const body = "Hello,\n\nwe have found what it was, and it is *mended* since this morning. ".repeat(6);
  const comment = await post<{ id: string }>(ours, `/v1/support/tickets/${ticket.id}/comments`, { body }, desk.staff);
  about.push({ ticketId: ticket.id, commentId: comment.id, customerId, to, toName });
}
while ((await emails.countDocuments({})) < 2 * about.length) await new Promise((resolve) => setTimeout(resolve, 50));
await quiet();

const leadMs = 3000;
/** Everything is there before the first of it is due: filling is not what is measured. */
async function fillOurs(): Promise<void> {
  await emails.deleteMany({});
  const nextAttemptAt = new Date(Date.now() + leadMs);
  const made = Array.from({ length: perRound }, (_none, index): EmailDocument => ({
    ...about[index % about.length]!,
    _id: randomBytes(12).toString("hex"),
    siteId: desk.site.id,
    kind: "staff-replied",
    staffId: null,
    createdAt: new Date(),
    state: "pending",
    attempt: 0,
    failures: 0,
    nextAttemptAt,
  }));
  await emails.insertMany(made);
}

async function run(who: Running, begin: () => Promise<unknown>): Promise<number> {
  const before = sink.received();
  const commands = await commandCounts();
  const cpuBefore = [processorTime(who.pid), processorTime(mongod)] as const;
  let first = 0;
  const began = begin();
  for (;;) {
    const taken = sink.received() - before;
    if (taken > 0 && first === 0) first = performance.now();
    if (taken >= perRound) break;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const perSecond = (perRound / (performance.now() - first)) * 1000;
  await began;
  const cpu = (processorTime(who.pid) - cpuBefore[0]) / perRound;
  const databaseCpu = (processorTime(mongod) - cpuBefore[1]) / perRound;
  const figures = `${perSecond.toFixed(0).padStart(6)}/s  cpu ${cpu.toFixed(2)} + ${databaseCpu.toFixed(2)} ms`;
  process.stdout.write(`  ${who.name.padEnd(6)} ${figures}\n`);
  if (profileFolder && who === ours) printCommands(commands, await commandCounts(), perRound);
  await quiet();
  return perSecond;
}

await fillOurs();
await quiet();
const floor = await startFloor(
  name,
  keepTemplates({
    smtpUrl: sink.url,
    message: Buffer.from(sink.last(), "latin1").toString("base64"),
    from: "support@localhost",
    to: about[0]!.to,
  }),
  "mail-floor.ts",
);
process.stdout.write(`Sending ${perRound} mails of ${sink.last().length} bytes\n`);
const sendFloor = () => fetch(`${floor.url}/send?count=${perRound}`).then((answer) => answer.text());
await run(floor, sendFloor);
const ratios: number[] = [];
for (let round = 1; round <= rounds; round += 1) {
  const bare = await run(floor, sendFloor);
  ratios.push((await run(ours, fillOurs)) / bare);
}
ratios.sort((a, b) => a - b);
process.stdout.write(`  rounds ${ratios.map((one) => one.toFixed(2)).join(" ")}\n`);
printGoal("mails a second against Nodemailer's pool alone", ratios[Math.floor(ratios.length / 2)] ?? 0, 0.1);

await Promise.all([ours.stop(), floor.stop(), closeDatabase()]);
sink.stop();
