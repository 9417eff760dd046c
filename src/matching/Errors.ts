/** What can be wrong with cases, briefs, profiles and rankings, in English and Chinese. */
import { InputError } from "../agreement/index.ts";

const { both, CommendaError } = InputError;
type Place = InputError.Place;
type Words = InputError.Words;

/** A line of a data file that is no case; `line` counts from 1. */
export class BadLine extends InputError.InputError {
  readonly line: number;

  constructor(place: Place & { line: number; expected: Words }) {
    const { line } = place;
    super("BadLine", place, {
      title: both(`line ${line} is no case`, `第 ${line} 行不是有效案例`),
      expected: place.expected,
      fix: both("Correct the line, or ask to keep only the good ones", "请更正该行，或选择仅保留有效行"),
    });
    this.line = line;
  }
}

export class OutOfOrder extends InputError.InputError {
  readonly line: number;

  constructor(place: Place & { line: number; before: number }) {
    const { line, before } = place;
    super("OutOfOrder", place, {
      title: both(`line ${line} is older than the one before it`, `第 ${line} 行早于前一行`),
      expected: both(`a time not before ${before}`, `不早于 ${before} 的时间`),
      fix: both("Sort the file by time", "请按时间排序"),
    });
    this.line = line;
  }
}

export class TooLong extends InputError.InputError {
  constructor(place: Place & { most: number }) {
    const most = place.most.toLocaleString("en");
    super("TooLong", place, {
      title: both("it is too long", "内容过长"),
      expected: both(`at most ${most} characters`, `不超过 ${most} 个字符`),
      fix: both("Say the essential and attach the rest as a file", "请写明要点，其余作为附件提供"),
    });
  }
}

export class Empty extends InputError.InputError {
  constructor(place: Place) {
    super("Empty", place, {
      title: both("nothing is said here", "内容为空"),
      expected: both("at least one word", "至少一个词"),
      fix: both("Say in a sentence what you need", "请用一句话说明需求"),
    });
  }
}

/** A skill that the taxonomy does not know; `near`: what may have been meant. */
export class UnknownSkill extends InputError.InputError {
  readonly near: readonly string[];

  constructor(place: Place & { near: readonly string[] }) {
    const { near } = place;
    super("UnknownSkill", place, {
      title: both("the taxonomy has no such skill", "技能表中没有该技能"),
      expected:
        near.length > 0
          ? both(`perhaps ${near.join(", ")}`, `，或许是 ${near.join("、")}`)
          : both("a skill of the taxonomy", "技能表中的技能"),
      fix: both("Choose one of the taxonomy, in English or Chinese", "请选用技能表中的中文或英文名称"),
    });
    this.near = near;
  }
}

/** A ranking that its inputs do not give. */
export class NotThisRanking extends CommendaError {
  readonly next = "stop";
  readonly field: string;

  constructor({ field, found, expected }: { field: string; found: unknown; expected: unknown }) {
    const [is, should] = [InputError.show(found), InputError.show(expected)];
    super(
      "NotThisRanking",
      both("the inputs do not give this ranking", "由输入得不出该排序"),
      both(
        `${field}: the ranking says ${is}, its inputs give ${should}.`,
        `${field}：排序中为 ${is}，由输入算得 ${should}。`,
      ),
    );
    this.field = field;
  }
}
