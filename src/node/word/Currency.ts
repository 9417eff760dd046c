/** The currency of what is paid. */
import { both } from "../../agreement/InputError.ts";
import { NAMED } from "./Currencies.ts";
import type { Notes } from "./Notes.ts";
import { placeIn, type Source } from "./Source.ts";
import type { At, Money, Stage } from "./Stages.ts";

const how = both("the currency of the amounts", "各金额的货币");

/** What shows that 元 is China's, and what shows that it may be another. */
const CHINA = /统一社会信用代码|中华人民共和国|中国法律|人民法院/;
const ELSEWHERE = /香港|澳门|台湾|新加坡|外币|美元|港币|港元|欧元/;

/** The one currency of what is paid: a sign that stands for several counts only where the text names one. */
export function read(source: Source, stages: readonly Stage[], total: At<Money> | undefined, notes: Notes) {
  const used = [total, ...stages.map(({ amount }) => amount)].filter((at) => at !== undefined);
  const text = source.lines.map((line) => line.text).join("\n");
  const exact = used.filter(({ value }) => value.currency && /^[A-Z]{3}$/.test(value.currency));
  const vague = used.filter(
    ({ value }) => value.currency === "元" || value.currency === "$" || value.currency === undefined,
  );
  for (const { value, place } of exact) if (value.currency) notes.found("currency.code", value.currency, place, how);
  if (exact.length > 0) return;
  const sure = NAMED.map(([pattern, code]) => [code, pattern.exec(text)] as const).filter(([, match]) => match);
  const fitting = sure.filter(([code]) => vague.every(({ value }) => value.currency !== "元" || code === "CNY"));
  const [only] = fitting;
  if (only && fitting.length === 1 && (vague.length > 0 || used.length === 0)) {
    const line = source.lines.find((each) => each.text.includes(only[1]?.[0] ?? "\0"));
    const at = line?.text.indexOf(only[1]?.[0] ?? "") ?? -1;
    if (line && at >= 0) {
      notes.found("currency.code", only[0], placeIn(source, line, at, at + (only[1]?.[0].length ?? 0)), how);
      return;
    }
  }
  // Under China's law and among firms of its register 元 is its own.
  const yuan = vague.find(({ value }) => value.currency === "元");
  const other = vague.some(({ value }) => value.currency === "$");
  if (yuan && !other && sure.length === 0 && CHINA.test(text) && !ELSEWHERE.test(text)) {
    notes.found("currency.code", "CNY", yuan.place, how);
    return;
  }
  const what = both(
    "write the ISO 4217 code of the currency; $ and 元 stand for several",
    "请填写货币的 ISO 4217 代码；$ 与元可指多种货币",
  );
  notes.gap("currency.code", what, ...used.slice(0, 2).map(({ place }) => place));
}
