/** What was read and what was not. A field that two places state differently is no finding: it is a gap with both places. */
import { both, type Words } from "../../agreement/InputError.ts";
import type { Place } from "./Source.ts";

export type Value = string | number | boolean;
/** `field` is a path in the terms; `total` and `signed` stand outside of them. */
export type Finding = { field: string; value: Value; place: Place; how: Words };
/** What is missing or unclear, and what to write. */
export type Gap = { field: string; what: Words; places?: readonly Place[] };

export type Notes = {
  found(field: string, value: Value, place: Place, how: Words): void;
  gap(field: string, what: Words, ...places: readonly Place[]): void;
  /** A gap only where nothing was found or said about the field. */
  missing(field: string, what: Words): void;
  /** What ties the parts of the terms together and is not read: names of milestones and criteria, kinds of options. */
  frame(field: string, value: Value): void;
  frames(): readonly (readonly [string, Value])[];
  valueOf(field: string): Value | undefined;
  findings(): readonly Finding[];
  gaps(): readonly Gap[];
};

const differ = both(
  "the contract states it twice, differently: correct one of the places, then write the value",
  "合同两处写法不一致：请更正其一，再填写",
);

export function notes(): Notes {
  const findings = new Map<string, Finding>();
  const gaps = new Map<string, Gap>();
  const frames = new Map<string, Value>();
  return {
    found(field, value, place, how) {
      if (gaps.has(field)) return;
      const other = findings.get(field);
      if (!other) findings.set(field, { field, value, place, how });
      else if (plain(other.value) !== plain(value)) {
        findings.delete(field);
        gaps.set(field, { field, what: differ, places: [other.place, place] });
      }
    },
    gap(field, what, ...places) {
      findings.delete(field);
      const other = gaps.get(field);
      // What says where is worth more than what only asks.
      if (!other || (!other.places && places.length > 0))
        gaps.set(field, { field, what, ...(places.length > 0 ? { places } : {}) });
    },
    missing(field, what) {
      if (!findings.has(field) && !gaps.has(field)) gaps.set(field, { field, what });
    },
    frame: (field, value) => frames.set(field, value),
    frames: () => [...frames],
    valueOf: (field) => findings.get(field)?.value,
    findings: () => [...findings.values()],
    gaps: () => [...gaps.values()],
  };
}

function plain(value: Value): string {
  return String(value).normalize("NFKC").replace(/\s+/g, "").toLowerCase();
}
