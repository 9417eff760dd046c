export * as Act from "./Act.ts";
export * as Agreement from "./Agreement.ts";
export * as Calendar from "./Calendar.ts";
export * as ChangeOrder from "./ChangeOrder.ts";
export * as Clause from "./Clause.ts";
export * as Codec from "./Codec.ts";
export * as Compare from "./Compare.ts";
export * as Criterion from "./Criterion.ts";
export * as Deadline from "./Deadline.ts";
export * as Dispute from "./Dispute.ts";
export * as Endings from "./Endings.ts";
export * as Errors from "./Errors.ts";
export * as Evidence from "./Evidence.ts";
export * as Example from "./Example.ts";
export * as Fee from "./Fee.ts";
export * as InputError from "./InputError.ts";
export * as Machine from "./Machine.ts";
export * as Milestone from "./Milestone.ts";
export * as Money from "./Money.ts";
export * as Option from "./Option.ts";
export * as Outcome from "./Outcome.ts";
export * as Party from "./Party.ts";
export * as PayoutCurve from "./PayoutCurve.ts";
export * as Refusal from "./Refusal.ts";
export * as Settlement from "./Settlement.ts";
export * as Share from "./Share.ts";
export * as Sheet from "./Sheet.ts";
export * as State from "./State.ts";
export * as Terms from "./Terms.ts";
export * as Text from "./Text.ts";
export * as Time from "./Time.ts";

export * as Tree from "./Tree.ts";

export * as Turn from "./Turn.ts";

export * as Validity from "./Validity.ts";
export * as Verdict from "./Verdict.ts";
