/** The draft of a change order: the document without what has ended, naming the agreement that it replaces. Pure but for the salt. */
import * as Time from "../../../../src/agreement/Time.ts";
import { isOver } from "../../agreement/Stages.ts";
import type { Document, Standing } from "../../agreement/useStanding.ts";

/** Days in which it has to be signed and opened, if nobody says otherwise. */
const DAYS = 14;

/** `now`: milliseconds of the ledger's clock. */
export function of(
  document: Document,
  { tranches }: Pick<Standing, "tranches">,
  ledgerId: string,
  now: number,
): Record<string, unknown> {
  const left = new Set(tranches.filter(({ stage }) => !isOver(stage)).map(({ name }) => name));
  const { outcome, ...rest } = document;
  const last = Math.floor(now / 60_000) + DAYS * Time.DAY;
  const openBy = Time.format(last);
  const milestones = document.milestones.filter(({ name }) => left.has(name)).map((one) => later(one, last));
  const named = new Set(milestones.flatMap(({ criteria }) => criteria));
  return {
    ...rest,
    replaces: ledgerId,
    salt: salt(),
    openBy,
    milestones,
    criteria: document.criteria.filter(({ name }) => named.has(name)),
    inputs: document.inputs
      .filter(({ milestone }) => left.has(milestone))
      .map((one) => (Time.parse(one.due) > last ? one : { ...one, due: openBy })),
    options: document.options.filter((one) => left.has(one.of)),
    ...(outcome && left.has("outcome") ? { outcome } : {}),
  };
}

type Milestone = Document["milestones"][number];

/** A date that the opening would overtake is moved by the time that the work had; both can still choose another. */
function later({ fundBy, ...milestone }: Milestone, last: number): Milestone {
  const [start, due] = [Time.parse(milestone.start), Time.parse(milestone.due)];
  const kept = fundBy !== undefined && Time.parse(fundBy) > last ? { fundBy } : {};
  if (due > last) return { ...milestone, ...kept };
  return { ...milestone, due: Time.format(last + Math.max(due - start, Time.DAY)) };
}

function salt(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
