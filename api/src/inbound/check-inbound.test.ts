import mongoose from "mongoose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeTestData, loadTestConfig, openTestData } from "../../../test/support/core.ts";
import { checkInbound } from "./check-inbound.ts";
import { claimMailbox, keepMailbox, mailboxId, noteMailbox, releaseMailbox } from "./mailbox.model.ts";

const url = "imap://desk:secret@127.0.0.1:1/INBOX";
const address = { SIDEDESK_INBOUND_ADDRESS: "reply@desk.example" };
const secret = { SIDEDESK_INBOUND_SECRET: `whsec_${"a".repeat(43)}=` };
const id = mailboxId(url);
const expire = () =>
  mongoose.connection
    .db!.collection("inbound_mailboxes")
    .updateMany({}, { $set: { leaseUntil: new Date(0), notBefore: new Date(0) } });

beforeAll(() => openTestData());
afterAll(closeTestData);

describe("E2 the doctor", () => {
  it.each([
    [{}, "none"],
    [{ ...address, ...secret }, "over HTTP"],
  ])("says how mail comes in with %j", async (env, words) => {
    loadTestConfig(env);
    expect(await checkInbound()).toContain(words);
  });

  it.each([
    [address, "none can come in"],
    [secret, "SIDEDESK_INBOUND_ADDRESS"],
    [{ ...address, SIDEDESK_INBOUND_IMAP_URL: url }, "worker role"],
  ])("says what is wrong with %j", async (env, words) => {
    loadTestConfig(env);
    await expect(checkInbound()).rejects.toThrow(words);
  });

  it("says how the mailbox is doing", async () => {
    loadTestConfig({ ...address, SIDEDESK_INBOUND_IMAP_URL: url });
    await claimMailbox(id, "one");
    await noteMailbox(id, "one", { lookedAt: new Date(), state: "connected" });
    expect(await checkInbound()).toContain("is being read");
    await releaseMailbox(id, "one", "Invalid credentials");
    await expect(checkInbound()).rejects.toThrow("Invalid credentials");
  });
});

describe("E2 the mailbox's lease", () => {
  it("is one process's at a time, kept by who has it and nobody else", async () => {
    await expire();
    const claims = await Promise.all(["a", "b", "c"].map((holder) => claimMailbox(id, holder)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    const { holder } = claims.find(Boolean)!;
    expect(await keepMailbox(id, holder!)).toBe(true);
    expect(await keepMailbox(id, "somebody")).toBe(false);
    expect(await claimMailbox(id, "somebody")).toBeNull();
    await expire();
    expect((await claimMailbox(id, "somebody"))?.holder).toBe("somebody");
    // Whoever was slow finds that it is not theirs any more, and writes nothing.
    expect(await keepMailbox(id, holder!)).toBe(false);
    await noteMailbox(id, holder!, { lastUid: 99 });
    await releaseMailbox(id, "somebody", null);
    expect(await claimMailbox(id, "next")).toMatchObject({ holder: "next", lastUid: 0 });
  });
});
