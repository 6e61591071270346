import { describe, expect, it, vi } from "vitest";

vi.mock("./socket.ts", () => import("./slim-socket.ts"));

// Everything LiveClient promises, once more: over what the bundles have in place of the library.
await import("./live.test.ts");

describe("SlimSocket", () => {
  it("says once that a server cannot be reached, and nothing after it was let go", async () => {
    const { io } = await import("./slim-socket.ts");
    const { LiveClient } = await import("./live.ts");
    const heard: string[] = [];
    const socket = io("http://127.0.0.1:1", { path: "/v1/realtime", auth: {} });
    for (const event of ["connect_error", "disconnect"]) socket.on(event, () => heard.push(event));
    const live = new LiveClient({ base: "http://127.0.0.1:1", getToken: () => "t", delay: 20 });
    live.connect();
    await vi.waitFor(() => expect(live.state).toBe("offline"));
    live.connect();
    live.disconnect();
    live.onState((state) => heard.push(state));
    await vi.waitFor(() => expect(heard).toEqual(["connect_error"]));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(heard).toEqual(["connect_error"]);
  });
});
