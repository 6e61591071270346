import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { loadConfig } from "../core/config.ts";
import { signToken, verifyToken } from "./tokens.ts";

const env = {
  MONGODB_URI: "mongodb://127.0.0.1:1/none",
  REDIS_URL: "redis://127.0.0.1:1",
  SMTP_URL: "smtp://127.0.0.1:1",
  SIDEDESK_URL: "http://127.0.0.1:1",
  SIDEDESK_SECRET: "test-secret-of-at-least-32-characters",
};
const inAnHour = () => new Date(Date.now() + 3_600_000);

beforeAll(() => void loadConfig(env));
afterEach(() => vi.useRealTimers());

describe("a token of our own", () => {
  it("is good again and again until it is over, and not a second longer", async () => {
    vi.useFakeTimers({ now: new Date("2026-05-01T10:00:00Z"), toFake: ["Date"] });
    const token = await signToken("session", { sub: "c1", kind: "customer" }, inAnHour());
    for (const at of ["10:00:00", "10:30:00", "10:59:59"]) {
      vi.setSystemTime(new Date(`2026-05-01T${at}Z`));
      expect(await verifyToken("session", token)).toMatchObject({ sub: "c1", kind: "customer" });
    }
    vi.setSystemTime(new Date("2026-05-01T11:00:00Z"));
    await expect(verifyToken("session", token)).rejects.toMatchObject({ code: "session_expired" });
    await expect(verifyToken("session", token)).rejects.toMatchObject({ code: "session_expired" });
  });

  it("says nothing for another that looks like it, or for another purpose, however often it was good", async () => {
    const token = await signToken("session", { sub: "c1" }, inAnHour());
    await verifyToken("session", token);
    const [head, payload, mac = ""] = token.split(".");
    const other = Buffer.from(JSON.stringify({ sub: "c2", exp: 9_999_999_999 })).toString("base64url");
    const turned = `${mac.startsWith("A") ? "B" : "A"}${mac.slice(1)}`;
    for (const wrong of [`${head}.${other}.${mac}`, `${head}.${payload}.${turned}`, `${token}.`, `${token}A`, ""])
      await expect(verifyToken("session", wrong)).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(verifyToken("rating", token)).rejects.toMatchObject({ code: "unauthenticated" });
    expect(await verifyToken("session", token)).toMatchObject({ sub: "c1" });
  });

  it("gives claims that nobody can change for whoever comes next", async () => {
    const token = await signToken("session", { sub: "c1" }, inAnHour());
    const claims = await verifyToken("session", token);
    expect(() => Object.assign(claims, { sub: "c2" })).toThrow(TypeError);
    expect(await verifyToken("session", token)).toMatchObject({ sub: "c1" });
  });

  it("is known anew once more were read than are kept", async () => {
    const token = await signToken("session", { sub: "c1" }, inAnHour());
    await verifyToken("session", token);
    for (let index = 0; index < 2001; index += 1)
      await verifyToken("session", await signToken("session", { sub: `other${index}` }, inAnHour()));
    expect(await verifyToken("session", token)).toMatchObject({ sub: "c1" });
  });
});
