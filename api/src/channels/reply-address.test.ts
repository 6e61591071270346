import { describe, expect, it } from "vitest";
import { loadTestConfig } from "../../../test/support/core.ts";
import { bounceAddress, isInbound, readAddress, replyAddress, siteAddress } from "./reply-address.ts";

const ticketId = "0123456789abcdef01234567";
const staffId = "fedcba9876543210fedcba98";
const use = (address: string | null) => loadTestConfig(address ? { SIDEDESK_INBOUND_ADDRESS: address } : {});

describe.each(["reply@desk.example", "tenletters@a.desk.example", "*@reply.desk.example"])(
  "E2 addresses of %s",
  (set) => {
    it("say what they are for, in any case, and no longer than an address may be", () => {
      use(set);
      const all = [
        replyAddress({ ticketId }),
        replyAddress({ ticketId, staffId }),
        bounceAddress(ticketId),
      ] as string[];
      expect(all.map((one) => readAddress(one.toUpperCase()))).toEqual([
        { kind: "customer", ticketId },
        { kind: "staff", ticketId, staffId },
        { kind: "bounce", emailId: ticketId },
      ]);
      for (const one of all) {
        expect(one.indexOf("@")).toBeLessThanOrEqual(64);
        expect(isInbound(one)).toBe(true);
      }
      expect(readAddress(siteAddress("demo")!)).toEqual({ kind: "site", slug: "demo" });
      expect(siteAddress("a".repeat(63))).toBe(
        set.startsWith("*") ? `${"a".repeat(63)}@reply.desk.example` : undefined,
      );
    });

    it("mean nothing when a letter is another, for another purpose or elsewhere", () => {
      use(set);
      const address = replyAddress({ ticketId })!;
      const [local = "", domain = ""] = address.split("@");
      const at = local.length - 33;
      const signed = (text: string | undefined) => {
        const read = readAddress(text ?? "");
        return read && read.kind !== "site" ? read : null;
      };
      for (let index = at; index < local.length; index += 1) {
        const other = local[index] === "b" ? "c" : "b";
        expect(signed(`${local.slice(0, index)}${other}${local.slice(index + 1)}@${domain}`)).toBeNull();
      }
      expect(signed(`${local}@elsewhere.example`)).toBeNull();
      expect(signed(`${local}@${domain}@${domain}`)).toBeNull();
    });
  },
);

it("E2 there are none where no mail comes in", () => {
  use(null);
  expect([replyAddress({ ticketId }), bounceAddress(ticketId), siteAddress("demo")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(readAddress("reply+demo@desk.example")).toBeNull();
  expect(isInbound("reply@desk.example")).toBe(false);
});

it("E2 none is made for what has no id of ours", () => {
  use("reply@desk.example");
  expect(replyAddress({ ticketId: "TKT-20261121-AAAAAAAA" })).toBeUndefined();
});

it("E2 people of a domain whose mail all comes in are not taken for the desk itself", () => {
  use("*@desk.example");
  expect(isInbound("kim@desk.example")).toBe(false);
});
