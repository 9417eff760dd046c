/** One field of a brief as a form: what stands in its boxes, and the value that they make. */
import type * as Brief from "../../../../src/matching/Brief.ts";
import type { Fields } from "./Intake.ts";

/** What stands in the boxes; lists are told apart by line breaks. */
export type Boxes = Readonly<Record<string, string>>;

export const CURRENCIES = ["CNY", "USD", "EUR", "GBP", "JPY"] as const;
export const UNITS = { days: 1, weeks: 7, months: 30 } as const;
export type Unit = keyof typeof UNITS;

/** Longest term, in days: ten years. */
const LONGEST = 3_650;

/** Whether it is a day that exists, as `2027-02-01`. */
export function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return text.length === 10 && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const linesOf = (text = "") =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** A whole number, zero or more; with `1,000` and `1 000` as people write it. */
function wholeOf(text = ""): number | undefined {
  const plain = text.trim().replace(/[,\s，]/g, "");
  return /^\d{1,12}$/.test(plain) ? Number(plain) : undefined;
}

/** The boxes of a field, filled with what is known. */
export function boxesOf(field: Brief.Field, brief: Fields, offset: number): Boxes {
  switch (field) {
    case "outcome":
      return { outcome: brief.outcome ?? "" };
    case "skills":
    case "criteria":
    case "compliance":
      return { [field]: (brief[field] ?? []).join("\n") };
    case "budget": {
      const { currency = "CNY", least, most } = brief.budget ?? {};
      return { currency, least: String(least ?? ""), most: String(most ?? "") };
    }
    case "overlap": {
      const { hours = "", offset: own = offset } = brief.overlap ?? {};
      return { hours: String(hours), offset: String(own) };
    }
    case "start":
      return { start: brief.start ?? "" };
    case "term": {
      const { term } = brief;
      if (term === undefined) return { count: "", unit: "weeks" };
      const unit = (["months", "weeks"] as const).find((one) => term % UNITS[one] === 0) ?? "days";
      return { count: String(term / UNITS[unit]), unit };
    }
  }
}

/** What the boxes say, as an answer; the name of the first box that says nothing sound. */
export function answerOf(field: Brief.Field, boxes: Boxes): { answer: Fields } | { wrong: string } {
  switch (field) {
    case "outcome": {
      const outcome = boxes.outcome?.trim() ?? "";
      return outcome === "" ? { wrong: "outcome" } : { answer: { outcome } };
    }
    case "skills":
    case "criteria": {
      const lines = linesOf(boxes[field]);
      return lines.length === 0 ? { wrong: field } : { answer: { [field]: lines } };
    }
    case "compliance":
      // None is an answer too.
      return { answer: { compliance: linesOf(boxes.compliance) } };
    case "budget": {
      const { currency = "", least: from = "" } = boxes;
      const [least, most] = [from.trim() === "" ? undefined : wholeOf(from), wholeOf(boxes.most)];
      if (most === undefined || most === 0) return { wrong: "most" };
      if (from.trim() !== "" && (least === undefined || least > most)) return { wrong: "least" };
      return { answer: { budget: { currency, ...(least === undefined ? {} : { least }), most } } };
    }
    case "overlap": {
      const [hours, offset] = [Number(boxes.hours), Number(boxes.offset)];
      if (boxes.hours?.trim() === "" || !(hours >= 0 && hours <= 8)) return { wrong: "hours" };
      return { answer: { overlap: { hours, offset } } };
    }
    case "start": {
      const { start = "" } = boxes;
      return isDay(start) ? { answer: { start } } : { wrong: "start" };
    }
    case "term": {
      const count = wholeOf(boxes.count);
      const term = (count ?? 0) * UNITS[(boxes.unit ?? "days") as Unit];
      return term >= 1 && term <= LONGEST ? { answer: { term } } : { wrong: "count" };
    }
  }
}

/** Offsets that people live at, in minutes east of UTC, with a city of each: an ordinary winter day. */
export const ZONES: readonly { readonly offset: number; readonly en: string; readonly zh: string }[] = [
  { offset: -480, en: "Los Angeles", zh: "洛杉矶" },
  { offset: -420, en: "Denver", zh: "丹佛" },
  { offset: -360, en: "Chicago", zh: "芝加哥" },
  { offset: -300, en: "New York", zh: "纽约" },
  { offset: -180, en: "São Paulo", zh: "圣保罗" },
  { offset: 0, en: "London", zh: "伦敦" },
  { offset: 60, en: "Berlin", zh: "柏林" },
  { offset: 120, en: "Helsinki", zh: "赫尔辛基" },
  { offset: 180, en: "Istanbul", zh: "伊斯坦布尔" },
  { offset: 240, en: "Dubai", zh: "迪拜" },
  { offset: 330, en: "Bengaluru", zh: "班加罗尔" },
  { offset: 420, en: "Jakarta", zh: "雅加达" },
  { offset: 480, en: "Beijing", zh: "北京" },
  { offset: 540, en: "Tokyo", zh: "东京" },
  { offset: 600, en: "Sydney", zh: "悉尼" },
];

/** `UTC+5:30`. */
export function offsetText(offset: number): string {
  const minutes = Math.abs(offset) % 60;
  const hours = Math.floor(Math.abs(offset) / 60);
  return `UTC${offset < 0 ? "−" : "+"}${hours}${minutes === 0 ? "" : `:${String(minutes).padStart(2, "0")}`}`;
}
