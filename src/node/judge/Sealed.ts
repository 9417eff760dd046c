/** Sealed parts of suites: their owner's until judgement, then both runners'. Not shown in its window, a part counts as passed. */
import { randomBytes, randomUUID } from "node:crypto";
import { and, eq, inArray } from "drizzle-orm";
import { Evidence as Content, Criterion, InputError, Time } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import type { Parts, Seat } from "../Call.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Folders from "./Folders.ts";
import type * as Round from "./Round.ts";

const { both } = InputError;
const { sealed, evidence } = schema;

export type Row = typeof sealed.$inferSelect;

type Given = {
  agreement: string;
  organisation: string;
  part: Folders.Kept;
  reference?: Folders.Kept | undefined;
  salt?: string | undefined;
};

/** Seals two folders; the same again is the same. Part of the transaction. */
export async function make(tx: Db, { agreement, organisation, part, reference, salt }: Given): Promise<Row> {
  if (part.row.purpose !== "part") {
    throw new Problem.Problem(
      "wrong-file",
      both(
        `part: found a folder put as "${part.row.purpose}", expected one put as "part", which nobody else may read.`,
        `part：现为以“${part.row.purpose}”保存的文件夹，应为以“part”保存、他人不可查看的文件夹。`,
      ),
      { field: "part" },
    );
  }
  const own = salt ?? `0x${randomBytes(32).toString("hex")}`;
  const row = {
    ...{
      id: randomUUID(),
      agreement,
      organisation,
      salt: own,
      part: part.row.id,
      reference: reference?.row.id ?? null,
    },
    commitment: Content.commit(own, part.row.hash),
    referenceCommitment: reference ? Content.commit(own, reference.row.hash) : null,
  };
  const [made] = await tx.insert(sealed).values(row).onConflictDoNothing().returning();
  if (made) return made;
  const [known] = await tx
    .select()
    .from(sealed)
    .where(and(eq(sealed.agreement, agreement), eq(sealed.commitment, row.commitment)));
  if (known?.organisation === organisation) return known;
  throw new Problem.Problem(
    "state-conflict",
    both("This part is kept already, by another organisation.", "该密封部分已由另一组织保存。"),
  );
}

/** The part that a round is judged by too. */
export async function of(
  tx: Db,
  agreement: string,
  criterion: Criterion.Criterion,
  round: number,
): Promise<{ clause: Criterion.Sealed; row: Row | undefined } | undefined> {
  const clause = Criterion.sealedOf(criterion, round);
  if (!clause) return undefined;
  const [row] = await tx
    .select()
    .from(sealed)
    .where(and(eq(sealed.agreement, agreement), eq(sealed.commitment, clause.commitment)));
  return { clause, row };
}

/** Unix seconds until which a criterion's sealed part may be shown, and both should have run it. */
export const until = ({ run }: Criterion.Criterion, deliveredAt: number): number =>
  deliveredAt + (run ? Time.duration(run.within) * 60 : 0);

/** `hidden`: it may still be shown. `late`: it was not, and counts as passed. */
export function stateOf(row: Row | undefined, end: number, now: number): "shown" | "hidden" | "late" {
  if (row?.shownAt !== null && row?.shownAt !== undefined) return "shown";
  return now < end ? "hidden" : "late";
}

/**
 * Shows the part of the round to every seat. Again changes nothing. Part of the transaction. Throws `state-conflict`
 * before judgement and after its window, `wrong-file` for what the terms do not name.
 */
export async function reveal(
  parts: Pick<Parts, "events" | "clock">,
  tx: Db,
  {
    round,
    criterion,
    given,
    seats,
  }: { round: Round.Round; criterion: Criterion.Criterion; given?: Given; seats: readonly Seat[] },
): Promise<Row> {
  const found = await of(tx, round.subject.id, criterion, round.round);
  if (!found) {
    throw new Problem.Problem(
      "state-conflict",
      both(
        `Criterion "${criterion.name}" has no sealed part for round ${round.round}. Nothing is to be shown.`,
        `标准“${criterion.name}”在第 ${round.round} 轮没有密封部分，无需公开。`,
      ),
    );
  }
  if (found.row && found.row.shownAt !== null) return found.row;
  const now = parts.clock.now();
  if (!round.delivered) {
    throw new Problem.Problem(
      "state-conflict",
      both(
        "It is shown at judgement: the milestone is not delivered in this round. Keep it to yourself until then.",
        "密封部分仅在判定时公开：本轮尚未交付。此前请勿公开。",
      ),
    );
  }
  const end = until(criterion, round.delivered.at);
  if (now >= end) {
    throw new Problem.Problem(
      "state-conflict",
      both(
        `Its window ended at ${Time.format(Math.floor(end / 60))}: the part counts as passed in this round.`,
        `公开期限已于 ${Time.format(Math.floor(end / 60))} 届满：该部分在本轮视为通过。`,
      ),
    );
  }
  const row = found.row ?? (given ? await make(tx, given) : undefined);
  if (!row || !seats.some(({ organisation }) => organisation === row.organisation)) throw notKept();
  const { clause } = found;
  if (row.commitment !== clause.commitment || (clause.reference ?? null) !== row.referenceCommitment) {
    throw new Problem.Problem(
      "wrong-file",
      both(
        `The part hashes to ${row.commitment} with its salt, and its reference to ${row.referenceCommitment ?? "nothing"}; the terms name ${clause.commitment} and ${clause.reference ?? "nothing"}. Give the very files and the salt that were sealed.`,
        `该部分加盐后的哈希为 ${row.commitment}，参考实现为 ${row.referenceCommitment ?? "无"}；条款所列为 ${clause.commitment} 与 ${clause.reference ?? "无"}。请提供密封时的原文件与盐。`,
      ),
    );
  }
  const ids = [row.part, ...(row.reference === null ? [] : [row.reference])];
  await tx.update(evidence).set({ readers: null }).where(inArray(evidence.id, ids));
  const [shown] = await tx.update(sealed).set({ shownAt: now }).where(eq(sealed.id, row.id)).returning();
  const data = { milestone: round.milestone.name, criterion: criterion.name, round: round.round, sealed: row.id };
  await parts.events.append(tx, { kind: "sealed.shown", agreement: round.subject.id, data });
  return shown ?? row;
}

/** Folders of a part that was shown; nothing where it need not be. */
export async function shownFolders(
  tx: Db,
  row: Row,
): Promise<{ part: Folders.Kept; reference: Folders.Kept | undefined }> {
  const reader = [{ organisation: row.organisation }];
  const part = await Folders.find(tx, row.agreement, row.part, reader);
  const reference = row.reference === null ? undefined : await Folders.find(tx, row.agreement, row.reference, reader);
  return { part, reference };
}

const notKept = () =>
  new Problem.Problem(
    "state-conflict",
    both(
      "The part is not kept here by your organisation. Put its folders, and give their ids with the salt; or let its owner show it.",
      "贵组织未在此保存该部分。请上传其文件夹并提供标识与盐，或由其所有者公开。",
    ),
  );
