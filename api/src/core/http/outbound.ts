import { lookup as systemLookup, type LookupAddress } from "node:dns";
import type { Socket } from "node:net";
import { Agent, buildConnector } from "undici";
import { config } from "../config.ts";
import { isAllowedAddress, isLocalhost, whyNotAddress, whyNotName } from "./outbound-address.ts";
import { whyNotUrl } from "./outbound-url.ts";
import { postOnce, UnansweredError, type Answer, type Post, type Target } from "./post-once.ts";

/** An address that may not be called, found out before or while it was dialled. */
export class AddressError extends Error {
  readonly code = "ADDRESS_NOT_ALLOWED";
}

/** Resolves a name to all its addresses. */
export type Lookup = (name: string, done: (error: Error | null, found: LookupAddress[]) => void) => void;
/** A line that is not there after this long is nobody's any more. */
const connectMs = 30_000;
const resolve: Lookup = (name, done) => systemLookup(name, { all: true, verbatim: true }, done);

export interface OutboundAnswer extends Answer {
  address: string | null;
}
export interface Outbound {
  /** Posts once: no redirect is followed, and nothing is tried again. @throws AddressError, or what broke the line */
  post(url: string, how: Post): Promise<OutboundAnswer>;
  close(): Promise<void>;
}

/**
 * Connections to the outside that reach only what may be reached: each address is judged where it is spelled, where it is
 * looked up (all answers of the resolver), and once more when the line stands. No proxy of the environment is used.
 * How many calls there are at a time, and until when, is for whoever calls to say: one that hangs must not take the lines of others
 * to the same host.
 * @param given.lookup another resolver, for tests
 */
export function createOutbound(given: { lookup?: Lookup } = {}): Outbound {
  const look = given.lookup ?? resolve;
  const connectors = new Map<number, ReturnType<typeof buildConnector>>();
  const connectorFor = (port: number, isPlain: boolean) => {
    const key = isPlain ? -port : port;
    let connector = connectors.get(key);
    if (!connector) {
      connector = buildConnector({
        timeout: connectMs,
        lookup: guarded(look, port, isPlain) as never,
        maxCachedSessions: 200,
      });
      if (connectors.size > 1000) connectors.clear();
      connectors.set(key, connector);
    }
    return connector;
  };
  const lines = new Map<string, Line>();
  const agent = new Agent({
    pipelining: 1,
    keepAliveTimeout: 10_000,
    keepAliveMaxTimeout: 30_000,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (options, done) => {
      const isPlain = options.protocol === "http:";
      const port = Number(options.port) || (isPlain ? 80 : 443);
      connectorFor(port, isPlain)(options, (error, socket) => {
        const why = socket && whyNotConnected(socket, port, isPlain);
        if (why) {
          socket.destroy();
          return done(new AddressError(why), null);
        }
        if (error) return done(error, null);
        if (lines.size > 5000) lines.clear();
        const origin = `${options.protocol}//${options.host}`;
        lines.set(origin, { made: (lines.get(origin)?.made ?? 0) + 1, address: socket.remoteAddress ?? null });
        return done(null, socket);
      });
    },
  });
  return {
    post: (url, how) => post(agent, lines, url, how),
    close: () => agent.destroy(),
  };
}

function whyNotConnected(socket: Socket, port: number, isPlain: boolean): string | null {
  const { remoteAddress } = socket;
  return remoteAddress ? whyNotDialled(remoteAddress, port, isPlain) : "The line was lost at once.";
}

function whyNotDialled(address: string, port: number, isPlain: boolean): string | null {
  const why = whyNotAddress(address, port);
  if (why || !isPlain || isAllowedAddress(address)) return why;
  return `${address} may be called by https:// only: SIDEDESK_OUTBOUND_ALLOW does not list it.`;
}

/** One forbidden address among the answers forbids the name: who mixes them is up to something. */
function guarded(look: Lookup, port: number, isPlain: boolean) {
  return (
    name: string,
    options: { all?: boolean },
    done: (error: Error | null, found?: string | LookupAddress[], family?: number) => void,
  ): void => {
    const bad = whyNotName(name);
    if (bad) return done(new AddressError(bad));
    look(name, (error, found) => {
      if (error) return done(error);
      const judged = found.map((one) => ({ one, why: whyNotDialled(one.address, port, isPlain) }));
      const good = judged.filter(({ why }) => why === null).map(({ one }) => one);
      const why = judged.find((each) => each.why !== null)?.why;
      // Both loopbacks answer to this name, though the setting may open but one.
      if (why && (good.length === 0 || !isLocalhost(name))) return done(new AddressError(`${name} leads to ${why}`));
      const [first] = good;
      if (!first) return done(new Error(`${name} has no address`));
      return options.all ? done(null, good) : done(null, first.address, first.family);
    });
  };
}

/** What is known of the lines to one origin: how many were ever made, and where the last one leads. */
interface Line {
  made: number;
  address: string | null;
}

/** What an address spells is judged once for the calls of some seconds, while the setting is the same. */
const judgedMs = 5000;
interface Judged extends Target {
  why: string | null;
  until: number;
  by: readonly string[];
}
const judged = new Map<string, Judged>();

/** @throws AddressError when what it spells may not be called */
function targetOf(text: string): Target {
  const by = config().SIDEDESK_OUTBOUND_ALLOW;
  let found = judged.get(text);
  if (!found || found.until < Date.now() || found.by !== by) {
    const url = new URL(text);
    const { origin, pathname, search } = url;
    found = { origin, path: pathname + search, why: whyNotUrl(url), until: Date.now() + judgedMs, by };
    if (judged.size >= 5000) judged.clear();
    judged.set(text, found);
  }
  if (found.why !== null) throw new AddressError(found.why);
  return found;
}

async function post(agent: Agent, lines: Map<string, Line>, url: string, how: Post): Promise<OutboundAnswer> {
  const target = targetOf(url);
  const { origin } = target;
  const made = (): number => lines.get(origin)?.made ?? 0;
  const before = made();
  const once = async (): Promise<OutboundAnswer> => {
    const answer = await postOnce(agent, target, how);
    return { ...answer, address: lines.get(origin)?.address ?? null };
  };
  try {
    return await once();
  } catch (error) {
    if (!(error instanceof UnansweredError)) throw error;
    // A kept line that the other side had left meanwhile says nothing about this request: once more, on a new one.
    if (!wasKept(error.cause, before > 0 && made() === before)) throw error.cause;
    return await once().catch((again: unknown) => {
      throw again instanceof UnansweredError ? again.cause : again;
    });
  }
}

/** Whether something had come over a line before it broke; where the error does not say, whether no line was made meanwhile. */
function wasKept(error: Error & { code?: string; socket?: { bytesRead?: number } | null }, noneMade: boolean): boolean {
  if (!["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"].includes(error.code ?? "")) return false;
  return error.socket?.bytesRead === undefined ? noneMade : error.socket.bytesRead > 0;
}
