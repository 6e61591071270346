import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { sleep } from "./run.js";

/**
 * Takes a lock file for this process. One left by a process that is gone is taken over; a number that now belongs to
 * another process is recognised by its start time.
 * @param {string} file
 * @returns {{ release: () => void } | { heldBy: number }}
 */
export function takeLock(file) {
  const mine = `${JSON.stringify({ pid: process.pid, began: beganAt(process.pid) })}\n`;
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        linkSync(draft, file); // atomic, and never over somebody else's
        return { release: () => readLock(file).text === mine && rmSync(file, { force: true }) };
      } catch (error) {
        if (!isCode(error, "EEXIST")) throw error;
      }
      const found = readLock(file);
      if (found.pid && isSameProcess(found.pid, found.began)) return { heldBy: found.pid };
      dropStale(file, found.text);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return { heldBy: readLock(file).pid };
}

/**
 * Waits for the lock, for work that two starts of one checkout must not do at once.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {(pid: number) => void} [onWait] called once when somebody else has it
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait = () => {}) {
  for (let isWaiting = false; ; isWaiting = true) {
    const lock = takeLock(file);
    if ("release" in lock) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    if (!isWaiting) onWait(lock.heldBy);
    await sleep(250);
  }
}

/**
 * Start time of a process where the system tells it (Linux), else null.
 * @param {number} pid
 * @returns {string | null}
 */
export function beganAt(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

/** @param {number} pid @param {string | null} [began] */
export function isSameProcess(pid, began = null) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!isCode(error, "EPERM")) return false;
  }
  return began === null || beganAt(pid) === began;
}

/** @param {string} file */
function readLock(file) {
  try {
    const text = readFileSync(file, "utf8");
    const { pid, began } = JSON.parse(text);
    return { text, pid: Number(pid) || 0, began: typeof began === "string" ? began : null };
  } catch {
    return { text: "", pid: 0, began: null };
  }
}

/** Moves a stale lock away; when somebody was quicker and the file is theirs, it is put back. @param {string} file @param {string} stale */
function dropStale(file, stale) {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
    if (readLock(aside).text !== stale) linkSync(aside, file);
  } catch (error) {
    if (!isCode(error, "ENOENT") && !isCode(error, "EEXIST")) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** @param {unknown} error @param {string} code */
const isCode = (error, code) => error instanceof Error && "code" in error && error.code === code;
