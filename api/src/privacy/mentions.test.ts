import { describe, expect, it } from "vitest";
import { mentionsOf } from "./mentions.ts";

describe("whether a text speaks of somebody", () => {
  const isAbout = mentionsOf({ id: "abc123", name: "Test Me", email: "me@x.example", externalId: null });
  it.each([
    ["write to ME@X.example now", true],
    ["customer:abc123", true],
    ["Dear Test Me, hello", true],
    ["Contest Meeting", false],
    ["Test Mexico", false],
    ["nothing", false],
  ])("%s: %s", (text, expected) => expect(isAbout(text)).toBe(expected));
});
