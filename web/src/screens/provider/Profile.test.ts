import { describe, expect, test } from "vitest";
import * as Provider from "../../../../src/matching/Provider.ts";
import * as Profile from "./Profile.ts";

const profile: Profile.Profile = {
  kind: "firm",
  skills: ["react", "postgresql"],
  rate: { currency: "EUR", from: 400, to: 700 },
  regions: ["DE", "PL"],
  hours: { from: 480, to: 960 },
  free: [{ from: "2027-01-04", to: "2027-03-31", people: 3 }],
};

describe("Profile", () => {
  test("behavior: a profile fills the boxes, and they give it back, as the node takes it", () => {
    const read = Profile.read(Profile.writingOf(profile, 60));
    expect(read).toEqual({ profile });
    expect(Provider.parse({ name: "a", ...("profile" in read ? read.profile : {}) })).toMatchObject(profile);
  });

  test("one rate is a range from itself to itself", () => {
    const writing = { ...Profile.writingOf(profile, 60), rateFrom: "1,200", rateTo: "" };
    expect(Profile.read(writing)).toMatchObject({ profile: { rate: { from: 1_200, to: 1_200 } } });
  });

  test("error: what is missing, not whole, in no order, or in the way of another stretch is told by its box", () => {
    const free = [
      { from: "2027-01-04", to: "2027-03-31", people: "3" },
      { from: "2027-03-31", to: "2027-04-30", people: "0" },
      { from: "2027-06-31", to: "2027-07-01", people: "1" },
      { from: "2027-09-02", to: "2027-09-01", people: "1" },
    ];
    expect(Profile.read({ ...Profile.begin(480), rateFrom: "7", rateTo: "5", begin: "", free })).toEqual({
      wrong: {
        rateTo: "below",
        skills: "missing",
        begin: "missing",
        "free[1].people": "whole",
        "free[1].from": "overlap",
        "free[2].from": "day",
        "free[3].to": "order",
      },
    });
    expect(Profile.read(Profile.begin(480))).toEqual({ wrong: { rateFrom: "missing", skills: "missing" } });
  });
});
