import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "3" },
    rounds: { type: "string", default: "8" },
    tickets: { type: "string", default: "100000" },
    sizes: { type: "string", default: "1000,100000,1000000" },
    deliveries: { type: "string", default: "100000" },
    connections: { type: "string", default: "5000" },
    customers: { type: "string", default: "100000" },
    lives: { type: "string", default: "100" },
    beside: { type: "string" },
    profile: { type: "string" },
  },
});

/** How long each contender is loaded in each round, and how many rounds there are: many short ones, for noise to even out. */
export const seconds = positive("seconds", values.seconds);
export const rounds = positive("rounds", values.rounds);
/** How many tickets a list is taken from. */
export const ticketCount = positive("tickets", values.tickets);
/** How many deliveries memory is watched over. */
export const deliveryCount = positive("deliveries", values.deliveries);
/** How many lives of a view in a single-page app memory is watched over. */
export const lives = positive("lives", values.lives);
/** The `dist` of another build of the widget, to be measured in turn with this one. */
export const beside = values.beside === undefined ? undefined : resolve(values.beside);
/** How many clients a live process holds. */
export const connectionCount = positive("connections", values.connections);
/** How many customers a site tells something. */
export const customerCount = positive("customers", values.customers);
/** How many tickets the desks have between which growth is measured. */
export const sizes = values.sizes.split(",").map((size) => positive("sizes", size));
/** Where CPU profiles of the servers go, when they are asked for. Profiled figures are not comparable. */
export const profileFolder = values.profile === undefined ? undefined : resolve(values.profile);
export const connections = 16;

if (profileFolder) mkdirSync(profileFolder, { recursive: true });

/** A folder for logs and the like; it goes with this process, unless a profile keeps it. */
export const workFolder = profileFolder ?? mkdtempSync(join(tmpdir(), "sidedesk-bench-"));
if (!profileFolder) process.on("exit", () => rmSync(workFolder, { recursive: true, force: true }));

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} takes a whole number above 0`);
  return value;
}
