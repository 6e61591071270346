import { sleep } from "./run.js";

/** @typedef {import("node:child_process").ChildProcess} ChildProcess */
/**
 * One process to keep alive.
 * @typedef {object} Service
 * @property {string} name
 * @property {() => ChildProcess} spawn on the same port and data each time
 * @property {(process: ChildProcess) => Promise<void>} ready resolves when it can be used, rejects when it ended before
 * @property {number} grace milliseconds between the request to end and the end by force
 */

const deathsAllowed = 5;
const deathWindow = 60_000;

/**
 * Ends a process: by request, then by force. Resolves when it is gone.
 * @param {ChildProcess} process
 * @param {number} grace milliseconds
 * @returns {Promise<void>}
 */
export function end(process, grace) {
  if (process.exitCode !== null || process.signalCode !== null || process.pid === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => process.kill("SIGKILL"), grace);
    process.once("exit", () => {
      clearTimeout(force);
      resolve();
    });
    process.kill("SIGTERM");
  });
}

/**
 * Keeps processes alive: what dies is started again, until too many have died in a minute, all together.
 * @param {object} watch
 * @param {(pids: Record<string, number | null>, isReady: boolean) => void} watch.onChange after each start and death
 * @param {(name: string, how: string) => void} watch.onDeath
 * @param {(reason: Error) => void} watch.onGiveUp
 */
export function supervisor({ onChange, onDeath, onGiveUp }) {
  /** @type {Map<string, { service: Service, process: ChildProcess, isReady: boolean }>} */
  const running = new Map();
  /** @type {number[]} */
  const deaths = [];
  let isStopping = false;

  const tell = () => {
    const entries = [...running].map(
      ([name, { process, isReady }]) => /** @type {const} */ ([name, isReady ? (process.pid ?? null) : null]),
    );
    onChange(
      Object.fromEntries(entries),
      [...running.values()].every((each) => each.isReady),
    );
  };

  /** @param {Service} service */
  async function launch(service) {
    if (isStopping) throw new Error("stopping");
    const process = service.spawn();
    const entry = { service, process, isReady: false };
    running.set(service.name, entry);
    process.once("error", () => undefined); // a spawn that failed has no pid; `ready` says so
    tell();
    try {
      await service.ready(process);
    } catch (error) {
      await end(process, 1000);
      throw error;
    }
    entry.isReady = true;
    tell();
    if (process.exitCode !== null || process.signalCode !== null) revive(entry);
    else process.once("exit", () => revive(entry));
  }

  /** @param {{ service: Service, process: ChildProcess, isReady: boolean }} entry */
  async function revive(entry) {
    if (isStopping) return;
    entry.isReady = false;
    tell();
    for (let how = describe(entry.process); !isStopping;) {
      onDeath(entry.service.name, how);
      if (countDeath() >= deathsAllowed) {
        onGiveUp(
          new Error(`${deathsAllowed} processes ended within a minute, the last one ${entry.service.name} (${how}).`),
        );
        return;
      }
      await sleep(200); // a signal to the whole group reaches the child first, now and then
      if (isStopping) return;
      try {
        await launch(entry.service);
        return;
      } catch (error) {
        how = error instanceof Error ? error.message : String(error);
      }
    }
  }

  function countDeath() {
    const now = Date.now();
    deaths.push(now);
    return deaths.filter((time) => now - time < deathWindow).length;
  }

  return {
    /** Starts a service for the first time; a failure here is the caller's. */
    start: launch,
    /** Lets go of a service that could not be started and is done without. @param {string} name */
    forget: (name) => {
      running.delete(name);
      tell();
    },
    /** The ids of all processes, ready or not. */
    pids: () => [...running.values()].map(({ process }) => process.pid),
    /** Ends the services named, together; nothing is revived from now on. @param {string[]} names */
    stop: async (...names) => {
      isStopping = true;
      await Promise.all(
        names.flatMap((name) => {
          const entry = running.get(name);
          return entry ? [end(entry.process, entry.service.grace)] : [];
        }),
      );
    },
  };
}

/** @param {ChildProcess} process */
const describe = (process) =>
  process.signalCode ? `ended by ${process.signalCode}` : `ended with ${process.exitCode}`;
