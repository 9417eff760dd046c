/** Verdicts as they are handed in: held against the terms, the delivery and the ledger, taken once, told to both. */
import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { InputError, Terms, Time, Verdict } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Parts } from "../Call.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Round from "./Round.ts";
import * as Sealed from "./Sealed.ts";

const { both } = InputError;
const { verdict: table } = schema;

type Words = InputError.Words;

export type By = {
  readonly organisation: string;
  readonly user: string | null;
  readonly run?: string;
  /** Sides that it may speak for. */
  readonly sides: readonly Round.Side[];
};

/** Who speaks by a signature. Throws `wrong-signature` for strangers, revoked delegates, and the other side. */
export function sideOf(round: Round.Round, signed: Verdict.Signed, sides: readonly Round.Side[]): Round.Side {
  const { subject, state } = round;
  const { terms, agreement } = subject;
  const side = Verdict.sideOf(Terms.domain(terms), terms, signed);
  const by = signed.by.toLowerCase();
  if (!side) {
    const { client, provider, clientDelegate, providerDelegate } = agreement.parties;
    const expected = [client, provider, clientDelegate, providerDelegate]
      .filter((one) => BigInt(one) !== 0n)
      .join(", ");
    throw wrong(
      both(
        `The signature is not of ${by}, or that is neither a party nor a delegate; expected ${expected}. Sign with the key that the terms name.`,
        `该签名不属于 ${by}，或其并非当事人或代理人；应为 ${expected}。请以条款指定的密钥签署。`,
      ),
    );
  }
  if (state.revokedDelegates.some((one) => one.toLowerCase() === by)) {
    throw wrong(
      both(
        `The ${side} has revoked the delegate ${by} on the ledger. Let the party itself judge, or agree on another delegate by a change order.`,
        `${side === "client" ? "甲方" : "乙方"}已在账本上撤销代理人 ${by}。请由当事人自行判定，或以变更单另定代理人。`,
      ),
    );
  }
  if (sides.includes(side)) return side;
  throw wrong(
    both(
      `The verdict is signed for the ${side}, and you sit on the other side. Each side hands in its own.`,
      `该结论代表${side === "client" ? "甲方" : "乙方"}签署，而您属于另一方。请各自提交己方结论。`,
    ),
  );
}

const wrong = (words: Words) => new Problem.Problem("wrong-signature", words);
const conflict = (words: Words) => new Problem.Problem("state-conflict", words);

/**
 * Takes a verdict; the same again is the same row. Part of the transaction. Throws `wrong-signature`, and
 * `state-conflict` where it is about something else than is to be judged now.
 */
export async function take(
  parts: Pick<Parts, "events" | "jobs" | "clock">,
  tx: Db,
  round: Round.Round,
  signed: Verdict.Signed,
  by: By,
): Promise<Round.Row> {
  const side = sideOf(round, signed, by.sides);
  const { verdict } = signed;
  const { subject } = round;
  const content = Verdict.contentHash(verdict);
  const before = await tx.select().from(table).where(eq(table.ledgerId, subject.ledgerId));
  const same = before.find(
    (row) => row.side === side && Verdict.contentHash(Round.documentOf(row).verdict) === content,
  );
  if (same) return same;
  const criterion = await fitting(parts, tx, round, verdict);
  const { attempt, [side]: mine } = Round.attemptOf(round, criterion);
  if (mine) throw saidAlready(criterion.name, attempt);
  const [fresh] = await tx
    .insert(table)
    .values({
      ...{ id: randomUUID(), agreement: subject.id, ledgerId: subject.ledgerId, tranche: round.tranche },
      ...{ round: round.round, criterion: criterion.name, side, attempt, digest: Verdict.digest(verdict) },
      ...{ passed: Verdict.passed(verdict), confined: verdict.confined, organisation: by.organisation, user: by.user },
      ...{ document: signed as unknown as Record<string, unknown>, run: by.run ?? null },
    })
    .onConflictDoNothing()
    .returning();
  if (!fresh) throw saidAlready(criterion.name, attempt);
  const data = {
    verdict: fresh.id,
    milestone: round.milestone.name,
    round: round.round,
    criterion: criterion.name,
    side,
  };
  await parts.events.append(tx, {
    kind: "verdict.given",
    agreement: subject.id,
    data: { ...data, passed: fresh.passed },
  });
  await consider(parts, tx, { ledgerId: subject.ledgerId, tranche: round.tranche });
  return fresh;
}

/** Part of the transaction: the round is looked at soon. */
export async function consider(
  { jobs }: Pick<Parts, "jobs">,
  tx: Db,
  { ledgerId, tranche }: { ledgerId: string; tranche: number },
): Promise<void> {
  await jobs.add(tx, "round", { ledgerId, tranche: String(tranche) }, { key: `${ledgerId}:${tranche}` });
}

const saidAlready = (criterion: string, attempt: number) =>
  conflict(
    both(
      `Your side has said already what it found for "${criterion}" in run ${attempt}. Wait for the other side; if the two differ, the flake rule says whether both run again.`,
      `贵方已就“${criterion}”提交第 ${attempt} 次运行的结论。请等待对方；如不一致，是否重跑依重试规则。`,
    ),
  );

/** The criterion that it judges, all of it as signed and delivered. */
async function fitting(
  { clock }: Pick<Parts, "clock">,
  tx: Db,
  round: Round.Round,
  verdict: Verdict.Verdict,
): Promise<Round.Coded> {
  const { subject, criteria, work, delivered } = round;
  const differs = (field: string, found: string, expected: string) =>
    conflict(
      both(
        `${field}: found ${found}, expected ${expected}. Judge what was delivered in this round, by what both signed.`,
        `${field}：现为 ${found}，应为 ${expected}。请按双方签署的内容判定本轮交付物。`,
      ),
    );
  const demand = (field: string, found: string, expected: string) => {
    if (found !== expected) throw differs(field, found, expected);
  };
  demand("agreement", String(verdict.agreement), subject.ledgerId);
  demand("tranche", String(verdict.tranche), String(round.tranche));
  if (!Round.isDelivered(round) || !delivered) {
    throw conflict(
      both(
        "The milestone waits for no verdict: it is not delivered in this round, or was decided already. See acceptance.show.",
        "该里程碑当前不需要结论：本轮尚未交付，或已有定论。请查看 acceptance.show。",
      ),
    );
  }
  demand("round", String(verdict.round), String(round.round));
  const criterion = criteria.find(({ name }) => name === verdict.criterion);
  if (!criterion) throw differs("criterion", verdict.criterion, criteria.map(({ name }) => name).join(", ") || "-");
  demand("suite", verdict.suite, criterion.suite);
  if (!work) {
    throw conflict(
      both(
        "What was delivered is no manifest of one commit or one folder, so that no run can be held against it. People judge it.",
        "交付物不是单一提交或文件夹的交付清单，无法核对运行结果，须人工验收。",
      ),
    );
  }
  const subjectOf = ({ kind, hash }: { kind: string; hash: string }) => `${kind} ${hash}`;
  demand("subject", subjectOf(verdict.subject), subjectOf(work));
  const inputsOf = (list: readonly { name: string; hash: string }[]) =>
    list
      .map(({ name, hash }) => `${name} ${hash}`)
      .toSorted()
      .join(", ");
  demand("inputs", inputsOf(verdict.inputs), inputsOf(criterion.run.inputs));
  const sealed = await Sealed.of(tx, subject.id, criterion, round.round);
  demand("sealed", verdict.sealed?.commitment ?? "none", sealed?.clause.commitment ?? "none");
  if (!sealed || !verdict.sealed) return criterion;
  const end = Sealed.until(criterion, delivered.at);
  const state = Sealed.stateOf(sealed.row, end, clock.now());
  if (verdict.sealed.state === "not shown" && state === "hidden") {
    throw conflict(
      both(
        `The sealed part may still be shown, until ${Time.format(Math.floor(end / 60))}. Run it again when it was, or then.`,
        `密封部分在 ${Time.format(Math.floor(end / 60))} 前仍可公开。请待公开后或届时再运行。`,
      ),
    );
  }
  if (verdict.sealed.state === "not shown" && state === "shown") demand("sealed", "not shown", "judged");
  return criterion;
}

/** As the API tells of it. */
export function told(row: Round.Row, terms: Terms.Terms | undefined): Table.Output<"verdict.submit"> {
  const { verdict, by } = Round.documentOf(row);
  const passed = verdict.checks.filter(({ result }) => result === "pass").length;
  return {
    ...{ id: row.id, milestone: terms?.milestones[row.tranche]?.name ?? String(row.tranche), round: row.round },
    ...{ criterion: row.criterion, side: row.side, attempt: row.attempt, digest: row.digest, passed: row.passed },
    ...{ confined: row.confined, subject: verdict.subject, counts: { passed, all: verdict.checks.length } },
    ...{ signer: by.toLowerCase(), at: row.createdAt.toISOString() },
  };
}

/** Throws `not-found`. */
export async function find(tx: Db, agreement: string, id: string): Promise<Round.Row> {
  const [row] = await tx
    .select()
    .from(table)
    .where(and(eq(table.id, id), eq(table.agreement, agreement)));
  if (!row) throw Problem.notFound(both("verdict", "结论"));
  return row;
}
