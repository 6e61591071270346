import { lookup as systemLookup, type LookupAddress } from "node:dns";
import type { Socket } from "node:net";
import { Agent, buildConnector, request } from "undici";
import { isAllowedAddress, isLocalhost, whyNotAddress, whyNotName } from "./outbound-address.ts";
import { whyNotUrl } from "./outbound-url.ts";

/** An address that may not be called, found out before or while it was dialled. */
export class AddressError extends Error {
  readonly code = "ADDRESS_NOT_ALLOWED";
}

/** Resolves a name to all its addresses. */
export type Lookup = (name: string, done: (error: Error | null, found: LookupAddress[]) => void) => void;
const resolve: Lookup = (name, done) => systemLookup(name, { all: true, verbatim: true }, done);

/** Bytes of an answer's body that are read at all. */
export const mostRead = 64 * 1024;

export interface OutboundAnswer {
  status: number;
  headers: Record<string, string>;
  /** As it came, never decompressed; at most {@link mostRead} bytes. */
  body: Buffer;
  /** Whether there was more than was read. */
  truncated: boolean;
  address: string | null;
}
export interface Outbound {
  /** Posts once: no redirect is followed, and nothing is tried again. @throws AddressError, or what broke the line */
  post(
    url: string,
    how: { headers: Record<string, string>; body: string; signal: AbortSignal },
  ): Promise<OutboundAnswer>;
  close(): Promise<void>;
}

/**
 * Connections to the outside that reach only what may be reached: each address is judged where it is spelled, where it is
 * looked up (all answers of the resolver), and once more when the line stands. No proxy of the environment is used.
 * @param given.lookup another resolver, for tests
 */
export function createOutbound(given: { lookup?: Lookup; connections?: number } = {}): Outbound {
  const look = given.lookup ?? resolve;
  const connectors = new Map<number, ReturnType<typeof buildConnector>>();
  const connectorFor = (port: number, isPlain: boolean) => {
    const key = isPlain ? -port : port;
    let connector = connectors.get(key);
    if (!connector) {
      connector = buildConnector({
        timeout: 10_000,
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
    connections: given.connections ?? 5,
    pipelining: 1,
    keepAliveTimeout: 10_000,
    keepAliveMaxTimeout: 30_000,
    headersTimeout: 60_000,
    bodyTimeout: 60_000,
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
interface Post {
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal;
}

async function post(agent: Agent, lines: Map<string, Line>, target: string, how: Post): Promise<OutboundAnswer> {
  const url = new URL(target);
  const why = whyNotUrl(url);
  if (why) throw new AddressError(why);
  url.hash = "";
  const made = (): number => lines.get(url.origin)?.made ?? 0;
  const before = made();
  try {
    return { ...(await postOnce(agent, url, how)), address: lines.get(url.origin)?.address ?? null };
  } catch (error) {
    // A kept line that the other side had left meanwhile says nothing about this request: once more, on a new one.
    const wasKept = before > 0 && made() === before && isBroken(error);
    if (!wasKept || how.signal.aborted) throw error;
    return { ...(await postOnce(agent, url, how)), address: lines.get(url.origin)?.address ?? null };
  }
}

const isBroken = (error: unknown): boolean =>
  ["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"].includes((error as { code?: string }).code ?? "");

async function postOnce(
  agent: Agent,
  url: URL,
  { headers, body, signal }: Post,
): Promise<Omit<OutboundAnswer, "address">> {
  const answer = await request(url, { method: "POST", headers, body, signal, dispatcher: agent });
  answer.body.on("error", () => undefined); // what is left unread breaks off
  const chunks: Buffer[] = [];
  let read = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    chunks.push(chunk.subarray(0, mostRead - read));
    read += chunk.length;
    if (read >= mostRead) break;
  }
  return {
    status: answer.statusCode,
    headers: plain(answer.headers),
    body: Buffer.concat(chunks),
    truncated: read > mostRead,
  };
}

const plain = (headers: Record<string, string | string[] | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
  );
