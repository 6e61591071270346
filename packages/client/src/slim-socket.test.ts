import { createRequire } from "node:module";
import { describe, expect, it, vi } from "vitest";
import type { SlimSocket } from "./slim-socket.ts";

// The WebSocket that socket.io-client itself uses in Node, which has none of its own before version 22.
const require = createRequire(createRequire(import.meta.url).resolve("engine.io-client"));
vi.stubGlobal("WebSocket", require("ws"));
vi.mock("socket.io-client", () => import("./slim-socket.ts"));

// Everything LiveClient promises, once more: over what the bundles have in place of the library.
await import("./live.test.ts");

describe("SlimSocket", () => {
  it("says once that a server cannot be reached, and nothing after it was let go", async () => {
    const { io } = await import("./slim-socket.ts");
    const heard: string[] = [];
    const listen = (socket: SlimSocket, name: string) =>
      socket.on("connect_error", () => heard.push(`${name} error`)).on("disconnect", () => heard.push(`${name} end`));
    listen(io("http://127.0.0.1:1", { path: "/v1/realtime", auth: {} }), "first");
    listen(io("http://127.0.0.1:1", { path: "/v1/realtime", auth: {} }), "second")
      .off()
      .disconnect();
    await vi.waitFor(() => expect(heard).toEqual(["first error"]));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(heard).toEqual(["first error"]);
  });
});
