import { expect } from "@open-wc/testing";
import { dayNames, daysOf, isEmptyShift, isOvernight, unitOf, weekOf } from "./hours.ts";

describe("T6 opening times as the editor holds them", () => {
  const days = [
    { day: 1, from: "13:00", to: "17:00" },
    { day: 1, from: "09:00", to: "12:00" },
    { day: 5, from: "22:00", to: "06:00" },
    { day: 7, from: "00:00", to: "24:00" },
  ];

  it("are those of the desk, each day's in order, with midnight as fields show it", () => {
    const week = weekOf(days);
    expect(week[0]).to.deep.equal([
      { from: "09:00", to: "12:00" },
      { from: "13:00", to: "17:00" },
    ]);
    expect(week[6]).to.deep.equal([{ from: "00:00", to: "00:00" }]);
    expect(daysOf(week)).to.have.deep.members(days);
  });

  it("know a night shift, a whole day and one that is none", () => {
    expect([isOvernight({ from: "22:00", to: "06:00" }), isOvernight({ from: "00:00", to: "00:00" })]).to.deep.equal([
      true,
      false,
    ]);
    const empty = [
      { from: "09:00", to: "09:00" },
      { from: "", to: "10:00" },
      { from: "00:00", to: "00:00" },
      { from: "22:00", to: "00:00" },
    ];
    expect(empty.map(isEmptyShift)).to.deep.equal([true, true, false, false]);
  });

  it("begin on Monday, in any language", () => {
    expect([dayNames("en")[0], dayNames("de")[6]]).to.deep.equal(["Monday", "Sonntag"]);
  });
});

it("says a length in the largest unit that has it whole", () => {
  expect([90, 240, 1440, 2880].map(unitOf)).to.deep.equal([
    { count: 90, unit: 1 },
    { count: 4, unit: 60 },
    { count: 1, unit: 1440 },
    { count: 2, unit: 1440 },
  ]);
});
