import type { NotificationPage } from "@sidedesk/contract";
import { io, type Socket } from "socket.io-client";
import { callDesk } from "../support/call-desk.ts";
import { closeDatabase, commandCounts, databasePid, drained } from "./support/database.ts";
import { post, prepareDesk } from "./support/desk.ts";
import { processorTime } from "./support/load.ts";
import { profileFolder } from "./support/options.ts";
import { printCommands, printGoal } from "./support/print.ts";
import { startMailSink } from "./support/mail-sink.ts";
import { startApi, startFloor, useMailServer, type Running } from "./support/processes.ts";
import { eventually, pause, quantileOf } from "./support/screens.ts";

/*
 * A member of staff comments; the customer's screen shows it. Ours commits the comment and its event, relays it, numbers and stores
 * an entry for each stream, and sends it; the floor is a bare Socket.IO server that echoes the same words to the other socket.
 * All roles but the worker in one process, the worker (mails, notices' jobs) in another.
 * Then customers read notices on one device; the other, at another process, is told by way of Redis. What is told has been
 * committed before, so by then device, device and server agree; tabs of one browser agree sooner, among themselves.
 */
const rates = [50, 200];
const seconds = 6;
const mostAtOnce = 64;
const customers = 20;
const ticketsEach = 5;
const name = "fan_out";
/** Read marks a second: somebody reads on one device, and has the other at hand. */
const readsPerSecond = 50;

const connect = async (url: string, auth: Record<string, unknown>): Promise<Socket> => {
  const socket = io(url, { path: "/v1/realtime", transports: ["websocket"], forceNew: true, auth });
  await eventually("a screen is connected", () => socket.connected);
  return socket;
};

interface Measured {
  p50: number;
  p99: number;
  shown: number;
  /** What it takes from the answer of the call, for who wrote it to be shown to the other. */
  afterAnswer?: { p50: number; p99: number };
}

/** Calls `say` at a calm rate; `shown` resolves times at which each came to the other screen. */
async function measure(
  perSecond: number,
  seen: Map<string, number>,
  say: (index: number, word: string) => Promise<void> | void,
): Promise<Measured> {
  seen.clear();
  const began = new Map<string, number>();
  const answered = new Map<string, number>();
  const start = performance.now();
  const calls: Promise<void>[] = [];
  const total = perSecond * seconds;
  for (let index = 0; index < total; index += 1) {
    const wait = start + (index * 1000) / perSecond - performance.now();
    if (wait > 1) await pause(wait);
    const word = `w${perSecond}-${index}`;
    began.set(word, start + (index * 1000) / perSecond); // when it was due, also when the server is behind
    while (began.size - answered.size > mostAtOnce) await pause(1);
    calls.push(Promise.resolve(say(index, word)).then(() => void answered.set(word, performance.now())));
  }
  await Promise.all(calls);
  await eventually("all are shown", () => seen.size >= total);
  const times = (from: Map<string, number>) => [...seen].map(([word, at]) => Math.max(0, at - from.get(word)!));
  const [all, after] = [times(began), times(answered)];
  return {
    p50: quantileOf(all, 0.5),
    p99: quantileOf(all, 0.99),
    shown: seen.size,
    afterAnswer: { p50: quantileOf(after, 0.5), p99: quantileOf(after, 0.99) },
  };
}
const write = (text: string): boolean => process.stdout.write(`${text}\n`);
const show = (who: string, { p50, p99, shown, afterAnswer }: Measured): boolean =>
  write(
    `  ${who.padEnd(6)} p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms  (${shown} shown${afterAnswer && who === "ours" ? `; from the answer p50 ${afterAnswer.p50.toFixed(1)} ms  p99 ${afterAnswer.p99.toFixed(1)} ms` : ""})`,
  );

const databaseProcess = await databasePid();
/** What each process has used of the processor so far. */
const processorTimes = (): Record<string, number> => ({
  api: processorTime(ours.pid),
  worker: processorTime(worker.pid),
  database: processorTime(databaseProcess),
  "this script": processorTime(process.pid),
});
const printProcessor = (until: string, before: Record<string, number>, comments: number): boolean => {
  const each = Object.entries(processorTimes()).map(
    ([who, ms]) => `${who} ${((ms - before[who]!) / comments).toFixed(1)}`,
  );
  return write(`    processor a comment, ${until}, ms: ${each.join("  ")}`);
};

const mail = await startMailSink();
useMailServer(mail.url);
const floor = await startFloor(name, "", "live-floor.ts");
const ours = await startApi("ours", name, "http,live,relay");
const worker = await startApi("worker", name, "worker");
const desk = await prepareDesk(ours, name, customers);
const tickets: string[] = [];
for (let index = 0; index < customers * ticketsEach; index += 1) {
  const made = await post<{ id: string }>(
    ours,
    "/v1/support/tickets",
    { subject: `Request ${index}`, description: "Something is not as it should be." },
    desk.customers[index % customers]!.token,
  );
  tickets.push(made.id);
}

const seenOurs = new Map<string, number>();
const seenFloor = new Map<string, number>();
const ourScreens = await Promise.all(desk.customers.map(({ token }) => connect(ours.url, { token })));
for (const screen of ourScreens)
  screen.on("comment", ({ data }: { data: { body: string } }) => void seenOurs.set(data.body, performance.now()));
const echoScreens = await Promise.all(desk.customers.map(({ id }) => connect(floor.url, { room: id })));
for (const screen of echoScreens)
  screen.on("comment", ({ body }: { body: string }) => void seenFloor.set(body, performance.now()));
const speaker = await connect(floor.url, { room: "staff" });

/** As long as a comment is on the wire. */
const filler = "x".repeat(700);
const sayOurs = async (index: number, word: string): Promise<void> => {
  await post(ours, `/v1/support/tickets/${tickets[index % tickets.length]}/comments`, { body: word }, desk.staff);
};
const sayFloor = (index: number, word: string): void =>
  void speaker.emit("say", desk.customers[index % customers]!.id, { body: word, filler });

for (let index = 0; index < 200; index += 1) await sayOurs(index, `warm-${index}`);
await pause(1000);
for (const rate of rates) {
  write(`${rate} comments a second for ${seconds} s, to the screens of ${customers} customers`);
  const bare = await measure(rate, seenFloor, sayFloor);
  show("floor", bare);
  const before = await commandCounts();
  const spent = processorTimes();
  const measured = await measure(rate, seenOurs, sayOurs);
  show("ours", measured);
  printProcessor("until all are shown", spent, rate * seconds);
  await drained(name);
  printProcessor("until nothing waits", spent, rate * seconds);
  if (profileFolder) printCommands(before, await commandCounts(), rate * seconds);
  printGoal(`p99 above the echo at ${rate}/s, from the call, ms`, measured.p99 - bare.p99, 50, true);
  await pause(1500);
}

await drained(name);
const second = await startApi("second", name, "http,live");
const devices = await Promise.all(desk.customers.map(({ token }) => connect(second.url, { token })));
const unread = await Promise.all(
  desk.customers.map(async ({ token }) => {
    const { data } = await callDesk<NotificationPage>(
      ours.url,
      "GET",
      "/v1/notifications?unread=true&limit=100",
      token,
    );
    return data.map(({ id }) => id);
  }),
);
const seenRead = new Map<string, number>();
const wordOf = new Map<string, string>();
for (const device of devices)
  device.on("notification_state", ({ data: { ids = [] } }: { data: { ids?: string[] } }) => {
    const word = wordOf.get(ids[0] ?? "");
    if (word) seenRead.set(word, performance.now());
  });
const read = async (index: number, word: string): Promise<void> => {
  const reader = index % customers;
  const id = unread[reader]![Math.floor(index / customers)]!;
  wordOf.set(id, word);
  await callDesk(ours.url, "PUT", `/v1/notifications/${id}/read`, desk.customers[reader]!.token);
};
write(
  `${readsPerSecond} notices a second read on one device of ${customers} customers for ${seconds} s, at another process than the other`,
);
show("floor", await measure(readsPerSecond, seenFloor, sayFloor));
const agreed = await measure(readsPerSecond, seenRead, read);
show("ours", agreed);
printGoal(`p99 until the other device agrees at ${readsPerSecond}/s, from the call, ms`, agreed.p99, 500, true);

for (const screen of [...ourScreens, ...echoScreens, ...devices, speaker]) screen.close();
const running: Running[] = [ours, second, worker, floor];
await Promise.all([...running.map((one) => one.stop()), closeDatabase()]);
mail.stop();
