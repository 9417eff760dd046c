/** What single sentences settle. */
import type { Zone } from "./Dates.ts";
import { cap, law, platformFee, prevails } from "./Law.ts";
import type { Milestones } from "./Milestones.ts";
import type { Notes } from "./Notes.ts";
import { ip } from "./Ownership.ts";
import { outcome, pauses, unmeasured } from "./Results.ts";
import type { Sides } from "./Roles.ts";
import { keyed } from "./Rows.ts";
import { type Reading, sentencesOf } from "./Sentences.ts";
import type { Source } from "./Source.ts";
import { windows } from "./Windows.ts";

export function read(source: Source, zone: Zone, sides: Sides, milestones: Milestones, notes: Notes) {
  const sentences = [...source.lines, ...keyed(source)].flatMap(sentencesOf);
  const reading: Reading = { source, notes, sides, milestones, zone, sentences };
  windows(reading);
  ip(reading);
  law(reading);
  cap(reading);
  prevails(reading);
  platformFee(reading);
  outcome(reading);
  pauses(reading);
  unmeasured(reading);
}
