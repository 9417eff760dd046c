/** Sealed parts of suites: made, listed, shown at judgement. */
import { eq } from "drizzle-orm";
import { Criterion, InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Call, Handler, Handlers } from "../Call.ts";
import * as Folders from "../judge/Folders.ts";
import * as Round from "../judge/Round.ts";
import * as Sealed from "../judge/Sealed.ts";
import * as Verdicts from "../judge/Verdicts.ts";
import * as Subject from "../relay/Subject.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;

type Told = Table.Output<"sealed.reveal">;
type Asks = Pick<Call, "db" | "seats">;

/** A folder of the caller's own organisation. Throws `not-found`, and `forbidden` for another's. */
async function own({ db, seats }: Asks, agreement: string, id: string): Promise<Folders.Kept> {
  const kept = await Folders.find(db, agreement, id, seats);
  if (seats.some(({ organisation }) => organisation === kept.row.organisation)) return kept;
  throw new Problem.Problem(
    "forbidden",
    both("Only who put a folder can seal it. Put it yourself.", "仅上传该文件夹的组织可密封。请自行上传。"),
  );
}

/** What is to be sealed, of what a caller names. */
async function givenOf(
  call: Pick<Call, "db" | "seats" | "caller">,
  agreement: string,
  { part, reference, salt }: { part?: string | undefined; reference?: string | undefined; salt?: string | undefined },
) {
  if (part === undefined) return undefined;
  const kept = await own(call, agreement, part);
  const other = reference === undefined ? undefined : await own(call, agreement, reference);
  return { agreement, organisation: kept.row.organisation, part: kept, reference: other, salt };
}

const make: Handler<"sealed.make"> = async (call, { agreement, ...given }) => {
  const wanted = await givenOf(call, agreement, given);
  if (!wanted) throw Folders.missing();
  const row = await Sealed.make(call.db, wanted);
  const title = (wanted.part.row.about?.title ?? both("sealed part", "密封部分")) as InputError.Words;
  call.note({ sealed: row.id, commitment: row.commitment });
  const { commitment, referenceCommitment } = row;
  const clause = {
    ...{ part: title, commitment },
    ...(referenceCommitment === null ? {} : { reference: referenceCommitment }),
  };
  return { ...told(row, "kept"), clause };
};

function told(row: Sealed.Row, state: Told["state"]): Told {
  return {
    ...{ id: row.id, commitment: row.commitment, state, part: row.part, salt: row.salt },
    ...(row.reference === null ? {} : { reference: row.reference }),
    ...(row.shownAt === null ? {} : { shownAt: iso(row.shownAt) }),
  };
}

const iso = (seconds: number): string => new Date(seconds * 1_000).toISOString();

const list: Handler<"sealed.list"> = async (call, { agreement }) => {
  const { db, parts, seats } = call;
  const rows = await db.select().from(schema.sealed).where(eq(schema.sealed.agreement, agreement));
  const mine = (row: Sealed.Row) => seats.some(({ organisation }) => organisation === row.organisation);
  const subject = await Subject.find(db, parts.place, agreement);
  const clauses = subject ? await clausesOf(call, subject) : [];
  const named = clauses.map(({ criterion, round, commitment, end }): Told => {
    const row = rows.find((one) => one.commitment === commitment);
    const shown = row !== undefined && row.shownAt !== null;
    const now = parts.clock.now();
    const state = shown ? "shown" : end !== undefined && now >= end ? "late" : row && mine(row) ? "kept" : "absent";
    return {
      ...(row && (shown || mine(row)) ? told(row, state) : { commitment, state }),
      ...{ criterion, round },
      ...(end === undefined ? {} : { until: iso(end) }),
    };
  });
  // Made for terms that are still being written.
  const loose = rows.filter((row) => mine(row) && !clauses.some(({ commitment }) => commitment === row.commitment));
  return { items: [...named, ...loose.map((row) => told(row, row.shownAt === null ? "kept" : "shown"))] };
};

/** All sealed parts of the terms, with the end of the window of the round that runs. */
async function clausesOf({ db, parts }: Pick<Call, "db" | "parts">, subject: Subject.Subject) {
  const { criteria, milestones } = subject.terms;
  const coded = criteria.filter(({ sealed }) => sealed !== undefined);
  const list: { criterion: string; round: number; commitment: string; end: number | undefined }[] = [];
  for (const criterion of coded) {
    const tranche = milestones.findIndex((one) => one.criteria.includes(criterion.name));
    const round = await Round.of(parts, db, subject, tranche);
    for (const number of [0, 1, 2, 3]) {
      const clause = Criterion.sealedOf(criterion, number);
      if (!clause) continue;
      const at = round?.round === number ? round.delivered?.at : undefined;
      const end = at === undefined ? undefined : Sealed.until(criterion, at);
      list.push({ criterion: criterion.name, round: number, commitment: clause.commitment, end });
    }
  }
  return list;
}

const reveal: Handler<"sealed.reveal"> = async (call, { agreement, milestone, criterion, ...given }) => {
  const { db, parts, seats } = call;
  const subject = await Subject.latest(db, parts.place, agreement);
  const tranche = subject.terms.milestones.findIndex(({ name }) => name === milestone);
  const round = await Round.of(parts, db, subject, tranche);
  const coded = round?.criteria.find(({ name }) => name === criterion);
  if (!round || !coded) throw noCriterion(subject, milestone, criterion);
  const wanted = await givenOf(call, agreement, given);
  const row = await Sealed.reveal(parts, db, {
    ...{ round, criterion: coded, seats },
    ...(wanted ? { given: wanted } : {}),
  });
  await Verdicts.consider(parts, db, { ledgerId: subject.ledgerId, tranche });
  call.note({ sealed: row.id, milestone, criterion });
  const until = round.delivered ? { until: iso(Sealed.until(coded, round.delivered.at)) } : {};
  return { ...told(row, "shown"), criterion, round: round.round, ...until };
};

/** Said in the words of the terms. */
export function noCriterion({ terms }: Subject.Subject, milestone: string, criterion: string | undefined) {
  const list = terms.milestones
    .flatMap(({ name }, tranche) => Round.codedOf(terms, tranche).map((one) => `${name}/${one.name}`))
    .join(", ");
  const found = InputError.show(criterion === undefined ? milestone : `${milestone}/${criterion}`);
  return new Problem.Problem(
    "bad-input",
    both(
      `criterion: found ${found}, expected one that code runs for both: ${list || "the terms have none"}.`,
      `criterion：现为 ${found}，应为由双方以代码运行的标准：${list || "条款中没有"}。`,
    ),
    { field: "criterion" },
  );
}

export const seals = {
  "sealed.make": make,
  "sealed.list": list,
  "sealed.reveal": reveal,
} satisfies Partial<Handlers>;
