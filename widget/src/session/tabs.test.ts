import { LineEdge } from "../../../test/browser/line-edge.ts"; // first: see there
import { aTimeout, expect, waitUntil } from "@open-wc/testing";
import { LiveClient } from "@sidedesk/client/live";

interface Said {
  from?: string;
  hello?: boolean;
}

describe("N3 a page beside another one of the same person", () => {
  let name: string;
  let live: LiveClient;
  let other: BroadcastChannel;
  let letGo: () => void;
  const notice = (id: string) => ({ id, type: "notification.created", occurredAt: "", data: {} });
  const tell = (what: object) => other.postMessage({ by: "other", ...what });
  /** Another page holds the connection, and answers as it is told. */
  const holdLock = () =>
    new Promise<void>((held) => {
      void navigator.locks.request(name, () => {
        held();
        return new Promise<void>((done) => (letGo = done));
      });
    });

  beforeEach(() => {
    name = `test ${Math.random()}`;
    other = new BroadcastChannel(name);
    live = new LiveClient({
      base: "https://desk.invalid",
      getToken: () => "token",
      share: () => name,
      lastEventId: "10",
    });
  });
  afterEach(() => {
    live.disconnect();
    other.close();
    letGo?.();
  });

  it("looks for itself when something passed before it knew where the other one is", async () => {
    await holdLock();
    let resyncs = 0;
    live.on("resync", () => (resyncs += 1));
    other.onmessage = ({ data }: MessageEvent<Said>) => {
      if (!data.hello || live.state === "online") return;
      tell({ event: ["notification", notice("16")] }); // 11 to 15 have passed
      tell({ state: "online", last: "16" });
    };
    live.connect();
    await waitUntil(() => live.state === "online");
    expect([resyncs, live.lastEventId]).to.deep.equal([1, "16"]);
    tell({ event: ["notification", notice("17")] });
    await waitUntil(() => live.lastEventId === "17");
    expect(resyncs).to.equal(1);
  });

  it("knows when the other one goes by HTTP, which brings no counts", async () => {
    await holdLock();
    other.onmessage = ({ data }: MessageEvent<Said>) => data.hello && tell({ state: "online", isPolling: true });
    live.connect();
    await waitUntil(() => live.state === "online");
    expect(live.isPolling).to.equal(true);
  });

  it("keeps the one connection it made when the other one closed while it was asked", async () => {
    LineEdge.all.length = 0;
    LineEdge.isUsed = true;
    await holdLock();
    const asked = new Promise<void>((heard) => (other.onmessage = () => heard()));
    live.connect();
    await asked; // and answers no more
    letGo();
    await waitUntil(() => live.state === "online");
    await aTimeout(4500); // longer than it would wait for the answer
    expect([LineEdge.all.length, live.state]).to.deep.equal([1, "online"]);
    LineEdge.isUsed = false;
  }).timeout(8000);

  it("keeps no lock that it was given after it was let go", async () => {
    const { locks } = navigator;
    const request = locks.request.bind(locks) as (...all: unknown[]) => Promise<unknown>;
    let hasAsked = false;
    Object.defineProperty(locks, "request", {
      configurable: true,
      value: (...all: unknown[]) => {
        live.pause();
        hasAsked = true;
        return request(...all);
      },
    });
    try {
      live.connect();
      await waitUntil(() => hasAsked);
    } finally {
      Reflect.deleteProperty(locks, "request");
    }
    expect(live.state).to.equal("offline");
    // Whoever asks after it waits for nobody.
    await locks.request(name, { signal: AbortSignal.timeout(2000) }, () => undefined);
  });
});
