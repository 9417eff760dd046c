/** Why money moved, in words, and the rule of docs/protocol.md behind it. */
import * as InputError from "./InputError.ts";
import type { Cause } from "./machine/Draft.ts";

const { both } = InputError;
type Words = InputError.Words;

export type Reason = { says: Words; rules: readonly number[] };
const reason = (en: string, zh: string, ...rules: number[]): Reason => ({ says: both(en, zh), rules });

export const REASONS: Readonly<Record<Cause, Reason>> = {
  Funding: reason("Funding", "注资", 2),
  Acceptance: reason("Acceptance", "验收", 8),
  PartAcceptance: reason("Part acceptance", "部分验收", 7),
  Silence: reason("Silence", "沉默", 9),
  Deadline: reason("Deadline", "逾期", 9),
  Lapse: reason("Lapse", "未注资", 2),
  Termination: reason("Termination", "终止", 11),
  Extension: reason("Extension", "延期", 11),
  Forfeit: reason("Forfeit", "没收", 9, 15),
  Ruling: reason("Ruling", "裁决", 14),
  Fallback: reason("Fallback share", "约定比例", 9, 14),
  Outcome: reason("Outcome", "成果", 13),
  Default: reason("Default value", "默认值", 13),
  Settlement: reason("Settlement", "和解", 12),
  ChangeOrder: reason("Change order", "变更", 10),
  Deposit: reason("Deposit", "押金", 15),
  Fee: reason("Platform fee", "平台费", 3),
  Arbitration: reason("Arbitration", "仲裁费", 15),
  Credit: reason("Credit", "余额", 17),
  Tip: reason("Tip", "代发酬金", 19),
};
