/** The parts of the draft's form, and in which of them a field stands. */
import { isWithin } from "../../../agreement/Paper.ts";

export const SECTIONS = [
  "basics",
  "parties",
  "milestones",
  "outcome",
  "inputs",
  "options",
  "pauses",
  "disputes",
  "rights",
  "law",
  "fees",
] as const;
export type Section = (typeof SECTIONS)[number];

const FIELDS: Record<Exclude<Section, "basics">, readonly string[]> = {
  parties: ["parties"],
  milestones: ["milestones", "criteria"],
  outcome: ["outcome"],
  inputs: ["inputs"],
  options: ["options"],
  pauses: ["calendar"],
  disputes: ["arbitration"],
  rights: ["ip"],
  law: ["law"],
  fees: ["fees"],
};

/** What belongs nowhere else is basic; the text has a place of its own. */
export function sectionOf(field: string): Section | "text" {
  if (isWithin(field, "text")) return "text";
  const found = Object.entries(FIELDS).find(([, outers]) => outers.some((outer) => isWithin(field, outer)));
  return (found?.[0] as Section | undefined) ?? "basics";
}
