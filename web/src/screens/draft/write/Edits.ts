/** Edits of a document that touch more than one field: pure functions from one document to the next. */
import * as Paper from "../../../agreement/Paper.ts";

type P = Paper.Paper;

/** The amount of a milestone; where no tax was written apart, the net amount goes along. */
export function setAmount(paper: P, index: number, amount: string): P {
  const milestone = `milestones[${index}]`;
  const [old, net, tax, withheld] = ["amount", "net", "tax", "withholding"].map((key) =>
    Paper.textAt(paper, `${milestone}.${key}`),
  );
  const next = Paper.put(paper, `${milestone}.amount`, amount === "" ? undefined : amount);
  const isPlain = (tax === "" || tax === "0") && (withheld === "" || withheld === "0") && (net === "" || net === old);
  if (!isPlain || amount === "") return next;
  return ["net", "tax", "withholding"].reduce(
    (one, key) => Paper.put(one, `${milestone}.${key}`, key === "net" ? amount : "0"),
    next,
  );
}

const namesOf = (paper: P, list: string): string[] =>
  Paper.listAt(paper, list).map((_, index) => Paper.textAt(paper, `${list}[${index}].name`));

/** A name that no other of the list has. */
function fresh(paper: P, list: string, stem: string): string {
  const taken = new Set(namesOf(paper, list));
  for (let number = taken.size + 1; ; number++) if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`;
}

/** One more milestone, as the one before it is, with one criterion of its own. */
export function addMilestone(paper: P): P {
  const name = fresh(paper, "milestones", "milestone");
  const last = Paper.listAt(paper, "milestones").length - 1;
  const of = (key: string) => Paper.at(paper, `milestones[${last}].${key}`);
  const start = of("due");
  const milestone = {
    ...{ name, title: {}, review: of("review") ?? "7 days", cure: of("cure") ?? "7 days" },
    ...(start === undefined ? {} : { start }),
    ...{ criteria: [], invoice: of("invoice") ?? "after payment" },
  };
  return addCriterion(Paper.add(paper, "milestones", milestone), last + 1);
}

/** Without a milestone, and without what only spoke of it. */
export function dropMilestone(paper: P, index: number): P {
  const name = Paper.textAt(paper, `milestones[${index}].name`);
  const used = Paper.listAt(paper, `milestones[${index}].criteria`);
  const next = Paper.drop(paper, "milestones", index);
  const still = new Set(
    Paper.listAt(next, "milestones").flatMap((_, k) => Paper.listAt(next, `milestones[${k}].criteria`)),
  );
  const without = (from: P, list: string, gone: (item: unknown) => boolean): P =>
    Array.isArray(Paper.at(from, list))
      ? Paper.put(
          from,
          list,
          Paper.listAt(from, list).filter((item) => !gone(item)),
        )
      : from;
  return [
    ["options", (item: unknown) => Paper.at(item, "of") === name],
    ["inputs", (item: unknown) => Paper.at(item, "milestone") === name],
    ["criteria", (item: unknown) => used.includes(Paper.at(item, "name")) && !still.has(Paper.at(item, "name"))],
  ].reduce((from, [list, gone]) => without(from, list as string, gone as (item: unknown) => boolean), next);
}

/** One more criterion of a milestone; the first counts whole, further ones nothing yet. */
export function addCriterion(paper: P, milestone: number): P {
  const name = fresh(paper, "criteria", "criterion");
  const field = `milestones[${milestone}].criteria`;
  const weight = Paper.listAt(paper, field).length === 0 ? "100 %" : "0 %";
  const next = Paper.add(paper, "criteria", { name, what: {}, how: "inspection", by: "client", weight });
  return Paper.add(next, field, name);
}

/** Without a criterion, wherever it is named. */
export function dropCriterion(paper: P, index: number): P {
  const name = Paper.textAt(paper, `criteria[${index}].name`);
  return Paper.listAt(paper, "milestones").reduce<P>(
    (next, _, k) => {
      const field = `milestones[${k}].criteria`;
      const list = Paper.listAt(next, field);
      return list.includes(name)
        ? Paper.put(
            next,
            field,
            list.filter((one) => one !== name),
          )
        : next;
    },
    Paper.drop(paper, "criteria", index),
  );
}

/**
 * A criterion that code judges, by the clause that its suite gives: what was said, and what it weighs, stays; the hidden
 * parts were of the suite before.
 */
export function byCode(paper: P, criterion: string, clause: P): P {
  const said = Paper.at(paper, `${criterion}.what`);
  const isSaid = ["en", "zh"].some((language) => Paper.textAt(said, language) !== "");
  const taken = ["how", "by", "suite", "run", ...(isSaid ? [] : ["what"])].map((key) => [key, clause[key]] as const);
  const before = [["sealed", undefined] as const, ...taken];
  return before.reduce<P>((next, [key, value]) => Paper.put(next, `${criterion}.${key}`, value), paper);
}

/** A criterion that people judge again. */
export function byPeople(paper: P, criterion: string): P {
  const next = ["suite", "run", "sealed"].reduce<P>(
    (from, key) => Paper.put(from, `${criterion}.${key}`, undefined),
    paper,
  );
  return Paper.put(Paper.put(next, `${criterion}.how`, "inspection"), `${criterion}.by`, "client");
}

/** The places of a milestone's criteria in the list of all; those that do not exist are left out. */
export function criteriaOf(paper: P, milestone: number): readonly number[] {
  const names = namesOf(paper, "criteria");
  return Paper.listAt(paper, `milestones[${milestone}].criteria`)
    .map((name) => names.indexOf(String(name)))
    .filter((index) => index >= 0);
}

/** The same weight for each criterion of a milestone; hundredths of a percent that are left go to the first. */
export function evenWeights(paper: P, milestone: number): P {
  const places = criteriaOf(paper, milestone);
  if (places.length === 0) return paper;
  const share = Math.floor(10_000 / places.length);
  const rest = 10_000 - share * places.length;
  const text = (bps: number) => `${String(bps / 100)} %`;
  return places.reduce<P>(
    (next, place, k) => Paper.put(next, `criteria[${place}].weight`, text(k === 0 ? share + rest : share)),
    paper,
  );
}

/** Pay by result, to be filled in; or none of it, and no option on it. */
export function setOutcome(paper: P, wanted: boolean): P {
  if (!wanted) {
    const next = Paper.put(paper, "outcome", undefined);
    const options = Paper.listAt(next, "options").filter((option) => Paper.at(option, "of") !== "outcome");
    return Array.isArray(Paper.at(next, "options")) ? Paper.put(next, "options", options) : next;
  }
  return Paper.put(paper, "outcome", {
    ...{ title: {}, what: {}, metric: "reported", unit: {}, challenge: "7 days", shape: "steps" },
    ...{ points: [{ value: "0", pay: "0" }, {}], default: "0", invoice: "after payment" },
  });
}

/** Somebody who decides disputes, to be named; or nobody. */
export function setArbitrator(paper: P, wanted: boolean): P {
  if (!wanted) return Paper.put(paper, "arbitration.by", undefined);
  return Paper.put(paper, "arbitration.by", {
    ...{ kind: "panel", name: {}, deposit: "0", answerWithin: "5 days", ruleWithin: "21 days" },
    ...{ maxCost: "0", extraData: "0x" },
  });
}
