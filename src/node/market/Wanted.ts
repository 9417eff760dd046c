/** A brief as it is kept and shown: read from a text, with fields that people have set. */
import { and, eq } from "drizzle-orm";
import { Errors, InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import { Answer, Brief, Provider } from "../../matching/index.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { brief } = schema;

export type Row = typeof brief.$inferSelect;
export type Fields = Table.Output<"brief.show">["fields"];
/** Null opens a field. */
export type Change = { readonly [F in Brief.Field]?: Fields[F] | null | undefined };

const isoOf = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** Throws `not-found` for another's. */
export async function rowOf(db: Db, organisation: string, id: string, { lock = false } = {}): Promise<Row> {
  const query = db
    .select()
    .from(brief)
    .where(and(eq(brief.organisation, organisation), eq(brief.id, id)));
  const [row] = await (lock ? query.for("update") : query);
  if (!row) throw Problem.notFound(both("brief", "需求书"));
  return row;
}

/** Throws `state-conflict` for one that is closed. */
export function demandOpen({ closed }: Row): void {
  if (!closed) return;
  throw new Problem.Problem(
    "state-conflict",
    both("The brief is closed. Begin another one for what is wanted now.", "该需求书已关闭。如有新需求请另行创建。"),
  );
}

export function fieldsOf({ outcome, skills, criteria, compliance, budget, overlap, start, term }: Brief.Brief): Fields {
  return {
    ...(outcome === undefined ? {} : { outcome: outcome.slice(0, 5_000).toWellFormed() }),
    ...(skills ? { skills: [...skills] } : {}),
    ...(criteria ? { criteria: criteria.map((each) => each.slice(0, 5_000).toWellFormed()) } : {}),
    ...(compliance ? { compliance: [...compliance] } : {}),
    ...(budget ? { budget } : {}),
    ...(overlap ? { overlap } : {}),
    ...(start === undefined ? {} : { start: isoOf(start) }),
    ...(term === undefined ? {} : { term }),
  };
}

/** Throws `BadInput` for skills that are unknown, days that do not exist, a budget upside down. */
export function change(before: Brief.Brief, fields: Change): Brief.Brief {
  const next: Record<string, unknown> = { ...before };
  for (const [field, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (value === null) delete next[field];
    else next[field] = valueFor(field as Brief.Field, value);
  }
  return next as unknown as Brief.Brief;
}

function valueFor(field: Brief.Field, value: NonNullable<Change[Brief.Field]>): unknown {
  const wrong = (place: string, found: unknown, expected: InputError.Words) =>
    new InputError.BadInput([new Errors.WrongForm({ field: `fields.${place}`, found, expected })]);
  if (field === "skills" || field === "compliance") return Answer.skillsOf(value as string[], `fields.${field}`);
  if (field === "start") {
    const day = Provider.dayOf(value as string);
    if (Number.isNaN(day)) throw wrong(field, value, both("a day that exists", "存在的日期"));
    return day;
  }
  if (field === "budget") {
    const { least, most } = value as NonNullable<Fields["budget"]>;
    if (least !== undefined && least > most)
      throw wrong("budget.least", least, both(`at most ${most}`, `不超过 ${most}`));
    if (most <= 0) throw wrong("budget.most", most, both("more than 0", "大于 0"));
  }
  return value;
}

export function shown(row: Row): Table.Output<"brief.show"> {
  const { share, missing } = Brief.completeness(row.brief);
  return {
    ...{ id: row.id, organisation: row.organisation, text: row.brief.text, language: row.brief.language },
    ...{ fields: fieldsOf(row.brief), completeness: { share, missing: [...missing] } },
    ...{ state: row.closed ? "closed" : "open", shown: row.shown, revision: row.revision },
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
