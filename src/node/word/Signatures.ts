/** Signatures without labels: below the name of a party a line to sign on, and below that who signs. */
import { both } from "../../agreement/InputError.ts";
import { blank } from "./Firms.ts";
import { labelsOf } from "./Labels.ts";
import type { Notes } from "./Notes.ts";
import { OFFICE_EN, personIn } from "./Person.ts";
import type { Side, Sides } from "./Roles.ts";
import { type Line, placeIn, type Source, tidy } from "./Source.ts";

const how = both("read from the signature", "读自签署处");

/** Lines between the party and who signs for it. */
const NEAR = 4;
const SIGNS =
  /^for (?:the )?[^.;]{2,60}:?\s*$|\b(?:signed|agreed|accepted|acknowledged|executed|on behalf of|by its|yours (?:sincerely|faithfully|truly))\b/i;
const BY_ITS = /\bby its (?:duly authori[sz]ed )?([\p{L} ]{3,40}?)\s*[:.]?\s*$/iu;
/** Headings have capitals as names have. */
const NO_PERSON =
  /\b(?:law|terms|agreement|contract|schedule|annex|exhibit|services|signatures?|date|name|title|witness|payment|notices?)\b/i;

type Open = { side: Side; line: Line; signs: boolean; office?: string };

/** `namedIn` gives the party that a line names. */
export function read(source: Source, sides: Sides, namedIn: (text: string) => Side | undefined, notes: Notes) {
  const labels = labelsOf(sides.words);
  /** By column, since the signatures of a table stand side by side. */
  const opened = new Map<string, Open>();
  /** Who was read last, without an office. */
  let person: { side: Side; line: Line } | undefined;
  let last: Line | undefined;
  let earlier: Line | undefined;
  /** Lines that named who signs. */
  const written = new Set<Line>();
  for (const line of source.lines) {
    const text = line.text.trim();
    const [above, before, signed] = [earlier, last, person];
    [earlier, last, person] = [last, line, undefined];
    const key = line.cell ? `${line.block}:${line.cell.column}` : "";
    if (text.length > 160 || line.level !== undefined) {
      opened.delete(key);
      continue;
    }
    const role = labels.behalf.exec(text)?.[1] ?? labels.inCell.exec(text)?.[1];
    const side = (role && sides.of(role)) ?? namedIn(text);
    if (side) {
      // "Jane Roe", "Partner", "For Roe LLP": who signs stands above.
      const titled = before && before.text.length <= 60 && OFFICE_EN.test(before.text) && !/[:_.]/.test(before.text);
      if (
        above &&
        titled &&
        !line.cell &&
        !written.has(above) &&
        /^(?:for|on behalf of)\b[^:]*$/i.test(text) &&
        personIn(above.text.trim())
      ) {
        write(source, side, above, notes, { line: before, text: before.text.trim() });
        continue;
      }
      const office = BY_ITS.exec(text)?.[1];
      opened.set(key, { side, line, signs: SIGNS.test(text), ...(office ? { office } : {}) });
      // "Director, Acme Ltd" below the name.
      const behind = /^([\p{L} ]{3,40}),/u.exec(text)?.[1];
      if (behind && before && OFFICE_EN.test(behind) && !OFFICE_EN.test(before.text))
        write(source, side, before, notes, { line, text: behind });
      continue;
    }
    if (signed && OFFICE_EN.test(text) && text.length <= 60 && !/[:_]/.test(text)) {
      office(source, signed.side, { line, text }, notes);
      continue;
    }
    const open = opened.get(key);
    const near =
      open && (line.cell ? line.cell.row - (open.line.cell?.row ?? 0) <= NEAR : line.index - open.line.index <= NEAR);
    if (!open || !near) continue;
    if (blank(text)) open.signs = true;
    else if (open.signs || personIn(text)?.office) {
      const known = personIn(text);
      if (!write(source, open.side, line, notes, open.office ? { line: open.line, text: open.office } : undefined))
        continue;
      written.add(line);
      if (!known?.office && !open.office) person = { side: open.side, line };
      opened.delete(key);
    }
  }
}

/** Writes who signs in a line that says no more; false where it does not. */
function write(source: Source, side: Side, line: Line, notes: Notes, beside?: { line: Line; text: string }): boolean {
  const person = personIn(line.text.trim());
  const field = `parties.${side}.signatory.name.${line.language}`;
  if (!person || NO_PERSON.test(person.name) || notes.valueOf(field) !== undefined) return false;
  notes.found(field, tidy(person.name), placeOf(source, line, person.name), how);
  const said = person.office ? { line, text: person.office } : beside;
  if (said) office(source, side, said, notes);
  return true;
}

function office(source: Source, side: Side, { line, text }: { line: Line; text: string }, notes: Notes) {
  notes.found(`parties.${side}.signatory.authority.${line.language}`, tidy(text), placeOf(source, line, text), how);
}

function placeOf(source: Source, line: Line, text: string) {
  const at = line.text.indexOf(text);
  return placeIn(source, line, at, at + text.length);
}
