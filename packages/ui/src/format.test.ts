import { expect } from "@open-wc/testing";
import { dayName, dueTime, duration, figure, shortDate, sizeWords, timeAgo, timeSince } from "./format.ts";
import { listed } from "./listed.ts";

const now = new Date("2026-11-20T12:00:00").getTime();
const ago = (minutes: number): Date => new Date(now - minutes * 60_000);
/** Spaces that do not break are spaces to whoever reads. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ").replace(/[\u200e\u200f]/g, "");

describe("times in words", () => {
  it("are relative up to a day, then a date", () => {
    expect(timeAgo(ago(6), "en", now)).to.equal("6 min ago");
    expect(timeAgo(ago(0.2), "en", now)).to.equal("now");
    expect(timeAgo(ago(-3), "en", now), "a clock that runs ahead").to.equal("now");
    expect(timeAgo(ago(60 * 24 * 8), "en-GB", now)).to.equal("12 Nov");
    expect(timeSince(ago(51), "en", now)).to.equal("51 min");
    expect(timeAgo(ago(6), "de", now)).to.equal("vor 6 Min.");
  });
  it("carry the year only when it is another one", () => {
    expect(shortDate("2025-03-02T10:00:00", "en-GB", now)).to.equal("2 Mar 2025");
  });
  it("name days and dues", () => {
    expect(dayName(ago(60), "en", now)).to.equal("Today");
    expect(dayName(ago(60 * 24), "en", now)).to.equal("Yesterday");
    expect(dueTime(new Date(now + 3_600_000), "en-GB", now)).to.equal("13:00");
    expect(dueTime(new Date(now + 86_400_000), "en-GB", now)).to.equal("tomorrow, 12:00");
  });
  it("measure in at most two units", () => {
    expect(duration(26 * 60_000, "en")).to.equal("26 min");
    expect(duration(130 * 60_000, "en")).to.equal("2 h 10 min");
    expect(duration(24 * 3_600_000, "en")).to.equal("1 day");
  });
  it("are few bytes, or a shorter figure", () => {
    const sizes = (locale: string) => [1, 286, 2048].map((size) => plain(sizeWords(size, locale)));
    expect(sizes("en")).to.deep.equal(["1 byte", "286 bytes", "2 kB"]);
    expect(sizes("de")).to.deep.equal(["1 Byte", "286 Byte", "2 kB"]);
  });
  it("are listed with the language's own comma", () => {
    const words = ["en", "de", "ar"].map((locale) => listed(["a", "b"], locale));
    expect(words).to.deep.equal(["a, b", "a, b", "a، b"]);
  });
  it("are written as each language has them", () => {
    const parts = (locale: string): string[] => [
      timeAgo(ago(6), locale, now),
      shortDate(ago(60 * 24 * 8), locale, now),
      dueTime(new Date(now + 86_400_000 + 125 * 60_000), locale, now),
      dueTime(new Date(now + 3 * 86_400_000), locale, now),
      duration(130 * 60_000, locale),
      duration(3 * 24 * 3_600_000, locale),
      figure(41_200.5, locale),
      sizeWords(1_782_580, locale),
    ];
    const written = {
      en: [
        "6 min ago",
        "Nov 12",
        "tomorrow, 2:05 PM",
        "Nov 23, 12:00 PM",
        "2 h 10 min",
        "3 days",
        "41,200.5",
        "1.7 MB",
      ],
      de: [
        "vor 6 Min.",
        "12. Nov.",
        "morgen, 14:05",
        "23. Nov., 12:00",
        "2 Std. 10 Min.",
        "3 Tage",
        "41.200,5",
        "1,7 MB",
      ],
      fr: ["il y a 6 min", "12 nov.", "demain, 14:05", "23 nov., 12:00", "2 h 10 min", "3 jours", "41 200,5", "1,7 Mo"],
      "fr-CA": [
        "il y a 6 min",
        "12 nov.",
        "demain, 14 h 05",
        "23 nov., 12 h 00",
        "2 h 10 min",
        "3 jours",
        "41 200,5",
        "1,7 Mo",
      ],
      es: ["hace 6 min", "12 nov", "mañana, 14:05", "23 nov, 12:00", "2 h 10 min", "3 días", "41.200,5", "1,7 MB"],
      pt: [
        "há 6 min",
        "12 de nov.",
        "amanhã, 14:05",
        "23 de nov., 12:00",
        "2 h 10 min",
        "3 dias",
        "41.200,5",
        "1,7 MB",
      ],
      ja: ["6 分前", "11月12日", "明日 14:05", "11月23日 12:00", "2 時間 10 分", "3 日", "41,200.5", "1.7 MB"],
      ar: [
        "قبل 6 دقائق",
        "12 نوفمبر",
        "غدًا، 2:05 م",
        "23 نوفمبر، 12:00 م",
        "2 س 10 د",
        "3 أيام",
        "41,200.5",
        "1.7 م.ب",
      ],
    };
    for (const [locale, expected] of Object.entries(written))
      expect(parts(locale).map(plain), locale).to.deep.equal(expected);
  });
});
