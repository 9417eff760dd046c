/** What can be wrong with what a desk is given. */
import { InputError } from "../agreement/index.ts";

const { both } = InputError;

/** A history from which nothing can be learnt. */
export class HistoryTooSmall extends InputError.InputError {
  constructor(facts: { field: string; examples: number; classes: number }) {
    super(
      "HistoryTooSmall",
      { field: facts.field, found: { examples: facts.examples, intents: facts.classes } },
      {
        title: both("too little to learn from", "可供学习的内容过少"),
        expected: both("examples of at least two intents", "至少两种意图的示例"),
        fix: both(
          "Give more labelled rows, or use the starter taxonomy",
          "请提供更多已标注的行，或使用内置的起步分类体系",
        ),
      },
    );
  }
}

/** A file that is no desk model, or one that was cut off or changed. */
export class NotAModel extends InputError.InputError {
  constructor(facts: { field: string; found: unknown; why: InputError.Words }) {
    super("NotAModel", facts, {
      title: facts.why,
      expected: both("a model that `commenda desk train` wrote", "由 `commenda desk train` 写出的模型"),
      fix: both("Train it again, or go back to an earlier version", "请重新训练，或回退到先前的版本"),
    });
  }
}

/** A promise that is no share between one half and one. */
export class NotAPromise extends InputError.InputError {
  constructor(facts: { field: string; found: unknown }) {
    super("NotAPromise", facts, {
      title: both("this is no precision that can be promised", "该数值不能作为承诺的准确率"),
      expected: both("a fraction from 0.5 to 0.999, like 0.98", "0.5 至 0.999 之间的小数，例如 0.98"),
      fix: both("Write 0.98 for 98 %", "98 % 请写作 0.98"),
    });
  }
}
