/** Kinds of bad input. Each carries field, value found, what is expected and what to do, in English and Chinese. */
import { both, InputError, type Place, type Words } from "./InputError.ts";

// Form

export class UnknownField extends InputError {
  constructor(place: Place & { known: readonly string[] }) {
    const known = place.known.join(", ");
    super("UnknownField", place, {
      title: both("this field is not known", "未知字段"),
      expected: known ? both(`one of ${known}`, `以下之一：${known}`) : both("no such field", "无此字段"),
      fix: both("Remove it or correct its name", "请删除该字段或更正名称"),
    });
  }
}

export class MissingField extends InputError {
  constructor(place: Place & { expected?: Words }) {
    super("MissingField", place, {
      title: both("this field is missing", "缺少字段"),
      expected: place.expected ?? both("a value", "有值"),
      fix: both("Fill it in", "请填写"),
    });
  }
}

export class WrongForm extends InputError {
  constructor(place: Place & { expected: Words }) {
    super("WrongForm", place, {
      title: both("the value has the wrong form", "格式不正确"),
      expected: place.expected,
      fix: both("Write it in the form expected", "请按要求的格式填写"),
    });
  }
}

export class RepeatedName extends InputError {
  constructor(place: Place & { first: string }) {
    super("RepeatedName", place, {
      title: both("this name is used twice", "名称重复"),
      expected: both(`another than that of ${place.first}`, `不同于 ${place.first}`),
      fix: both("Give each its own name", "请为每项使用不同名称"),
    });
  }
}

export class UnknownName extends InputError {
  constructor(place: Place & { known: readonly string[] }) {
    super("UnknownName", place, {
      title: both("nothing has this name", "所引用的名称不存在"),
      expected: both(`one of ${place.known.join(", ")}`, `以下之一：${place.known.join("、")}`),
      fix: both("Refer to a name that the document defines", "请引用文件中已定义的名称"),
    });
  }
}

export class ClauseConflict extends InputError {
  constructor(place: Place & { expected: Words }) {
    super("ClauseConflict", place, {
      title: both("this contradicts another clause", "与其他条款矛盾"),
      expected: place.expected,
      fix: both("Change one of the two clauses", "请修改其中一个条款"),
    });
  }
}

// Text

export class InvisibleCharacters extends InputError {
  readonly character: string;
  readonly index: number;

  /** `character` like `U+200B`; `index` counts code points from 0. */
  constructor(place: Place & { character: string; index: number; fix?: Words }) {
    const { character, index } = place;
    super("InvisibleCharacters", place, {
      title: both(
        `it holds ${character}, which cannot be seen, at position ${index + 1}`,
        `第 ${index + 1} 个字符 ${character} 不可见`,
      ),
      expected: both("text in which every character can be seen", "每个字符都可见的文本"),
      fix: place.fix ?? both(`Delete ${character}`, `请删除 ${character}`),
    });
    this.character = character;
    this.index = index;
  }
}

export class NotNormalised extends InputError {
  constructor(place: Place) {
    super("NotNormalised", place, {
      title: both("the text is not in Unicode form NFC", "文本不是 Unicode NFC 形式"),
      expected: both("composed characters (NFC)", "组合字符形式（NFC）"),
      fix: both("Normalise the text to NFC", "请将文本转换为 NFC"),
    });
  }
}

/** Not an error of its own: a word that mixes scripts whose letters look alike. */
export class LookalikeCharacters extends InputError {
  constructor(place: Place & { word: string; reads: string }) {
    super("LookalikeCharacters", place, {
      title: both(`"${place.word}" mixes letters that look alike`, `“${place.word}”混用了外形相似的字母`),
      expected: both(`perhaps "${place.reads}"`, `或许是“${place.reads}”`),
      fix: both("Check that the letters are those meant", "请确认所用字母正确"),
    });
  }
}

export type Difference = "invisible" | "lookalike" | "other";

export class TextMismatch extends InputError {
  readonly difference: Difference;

  constructor(place: Place & { expected: string; difference: Difference }) {
    const title = {
      invisible: both("the texts differ only by characters that cannot be seen", "两份文本仅有不可见字符的差异"),
      lookalike: both("the texts differ only by characters that look alike", "两份文本仅有外形相似字符的差异"),
      other: both("this is not the text that was signed", "文本与签署的不一致"),
    }[place.difference];
    super("TextMismatch", place, {
      title,
      expected: both(place.expected, ` ${place.expected}`),
      fix: both("Use the very text that was signed", "请使用已签署的原文"),
    });
    this.difference = place.difference;
  }
}

// Amounts and shares

export class NotANumber extends InputError {
  constructor(place: Place & { expected?: Words; fix?: Words }) {
    super("NotANumber", place, {
      title: both("this is not a plain number", "不是规范的数字"),
      expected: place.expected ?? both('digits like "1234.50", as a string', "形如 “1234.50” 的字符串"),
      fix: place.fix ?? both("Write plain digits, with a point before decimals", "请使用半角数字，小数点用“.”"),
    });
  }
}

export class TooManyDecimals extends InputError {
  constructor(place: Place & { scale: number }) {
    super("TooManyDecimals", place, {
      title: both("the amount has more decimals than the currency", "小数位数超过货币精度"),
      expected: both(`at most ${place.scale} decimals`, `最多 ${place.scale} 位小数`),
      fix: both("Round the amount yourselves; we never do", "请自行取整，系统不会代为取整"),
    });
  }
}

export class AmountOverflow extends InputError {
  constructor(place: Place & { max: string }) {
    super("AmountOverflow", place, {
      title: both("the number is larger than the ledger can hold", "数值超出账本上限"),
      expected: both(`at most ${place.max}`, `不超过 ${place.max}`),
      fix: both("Lower it, or use a currency with fewer decimals", "请减小数值或使用精度较低的货币"),
    });
  }
}

export class AmountTooSmall extends InputError {
  constructor(place: Place & { expected: Words }) {
    super("AmountTooSmall", place, {
      title: both("the amount is too small", "金额过小"),
      expected: place.expected,
      fix: both("Raise the amount or remove the item", "请提高金额或删除该项"),
    });
  }
}

export class AmountTooLarge extends InputError {
  constructor(place: Place & { expected: Words }) {
    super("AmountTooLarge", place, {
      title: both("the amount is larger than what it is taken from", "金额超过其来源"),
      expected: place.expected,
      fix: both("Lower it", "请降低金额"),
    });
  }
}

export class UnknownCurrency extends InputError {
  constructor(place: Place) {
    super("UnknownCurrency", place, {
      title: both("this is no currency of ISO 4217", "不是 ISO 4217 货币代码"),
      expected: both(
        "three capital letters like CNY, or XXX for a token that stands for none",
        "三个大写字母，如 CNY；不代表任何货币的代币用 XXX",
      ),
      fix: both("Use the ISO code of the currency", "请使用货币的 ISO 代码"),
    });
  }
}

export class ShareOutOfRange extends InputError {
  constructor(place: Place & { max: string }) {
    super("ShareOutOfRange", place, {
      title: both("the share is out of range", "比例超出范围"),
      expected: both(`from 0 % to ${place.max}, at most two decimals`, `0 % 至 ${place.max}，最多两位小数`),
      fix: both("Correct the share", "请更正比例"),
    });
  }
}

export class SharesDoNotFit extends InputError {
  constructor(place: Place & { expected: Words }) {
    super("SharesDoNotFit", place, {
      title: both("the parts do not add up", "各部分之和不符"),
      expected: place.expected,
      fix: both("Correct the parts or the whole", "请更正各部分或总额"),
    });
  }
}

export class FeeOverCap extends InputError {
  constructor(place: Place) {
    super("FeeOverCap", place, {
      title: both("the platform fee is over the cap", "平台费超过上限"),
      expected: both("at most 3 %", "不超过 3 %"),
      fix: both("Lower the fee; nobody can raise the cap", "请降低费率，上限不可更改"),
    });
  }
}

// Times

export class NotATime extends InputError {
  constructor(place: Place & { expected?: Words }) {
    super("NotATime", place, {
      title: both("this is not a time", "不是规范的时间"),
      expected:
        place.expected ??
        both('a UTC minute like "2027-03-01T09:00Z"', "形如 “2027-03-01T09:00Z” 的 UTC 时间（精确到分钟）"),
      fix: both("Write the time in UTC, in whole minutes", "请用 UTC 整分钟书写"),
    });
  }
}

export class NotADuration extends InputError {
  constructor(place: Place & { expected?: Words }) {
    super("NotADuration", place, {
      title: both("this is not a length of time", "不是规范的时长"),
      expected:
        place.expected ??
        both('a length like "15 days", "36 hours" or "P15D"', "形如 “15 days”“15 天”或 “P15D” 的时长"),
      fix: both("Use weeks, days, hours or whole minutes", "请使用周、天、小时或整分钟"),
    });
  }
}

export class TimeOutOfRange extends InputError {
  constructor(place: Place & { expected: Words }) {
    super("TimeOutOfRange", place, {
      title: both("the ledger cannot hold this time", "账本无法记录该时间"),
      expected: place.expected,
      fix: both("Choose a time in this range", "请选择范围内的时间"),
    });
  }
}

export class DatesOutOfOrder extends InputError {
  constructor(place: Place & { expected: Words }) {
    super("DatesOutOfOrder", place, {
      title: both("the dates are out of order", "日期先后颠倒"),
      expected: place.expected,
      fix: both("Move one of the two dates", "请调整其中一个日期"),
    });
  }
}

export class DateInPast extends InputError {
  constructor(place: Place & { now: string }) {
    super("DateInPast", place, {
      title: both("this date has passed", "日期已过"),
      expected: both(`later than ${place.now}`, `晚于 ${place.now}`),
      fix: both("Choose a date ahead", "请选择未来的日期"),
    });
  }
}

export class WindowTooShort extends InputError {
  constructor(place: Place & { expected?: Words }) {
    super("WindowTooShort", place, {
      title: both("the window is too short to act in", "期限过短"),
      expected: place.expected ?? both("at least 3 days", "至少 3 天"),
      fix: both("Lengthen it", "请延长期限"),
    });
  }
}

// Addresses and hashes

export class NotAnAddress extends InputError {
  constructor(place: Place) {
    super("NotAnAddress", place, {
      title: both("this is not an address", "不是有效地址"),
      expected: both(
        "0x and 40 hexadecimal digits, with a right checksum if in mixed case",
        "0x 加 40 位十六进制数字；大小写混用时校验和须正确",
      ),
      fix: both("Copy the address again", "请重新复制地址"),
    });
  }
}

export class NotAHash extends InputError {
  constructor(place: Place) {
    super("NotAHash", place, {
      title: both("this is not a hash or salt of 32 bytes", "不是 32 字节的哈希或盐"),
      expected: both("0x and 64 lower-case hexadecimal digits", "0x 加 64 位小写十六进制数字"),
      fix: both("Copy it again", "请重新复制"),
    });
  }
}

export class NotAContract extends InputError {
  constructor(place: Place) {
    super("NotAContract", place, {
      title: both("there is no contract at this address", "该地址没有合约"),
      expected: both("the address of a deployed contract on this chain", "本链上已部署合约的地址"),
      fix: both("Check the address and the chain", "请检查地址和链"),
    });
  }
}

export class PartiesCoincide extends InputError {
  constructor(place: Place & { other: string }) {
    super("PartiesCoincide", place, {
      title: both(`this is the same as ${place.other}`, `与 ${place.other} 相同`),
      expected: both("client, provider, arbitrator and reporter to be different", "甲方、乙方、仲裁人和报告人互不相同"),
      fix: both("Name another address", "请填写另一地址"),
    });
  }
}

// Lists

export class TooMany extends InputError {
  constructor(place: Place & { max: number }) {
    super("TooMany", place, {
      title: both("the list is too long", "列表过长"),
      expected: both(`at most ${place.max}`, `最多 ${place.max} 项`),
      fix: both("Shorten the list", "请缩短列表"),
    });
  }
}

export class TooManyTranches extends InputError {
  constructor(place: Place) {
    super("TooManyTranches", place, {
      title: both("there are too many tranches", "付款项过多"),
      expected: both("at most eight, the outcome included", "最多八项，含成果付款"),
      fix: both("Join milestones, or make a framework with call-offs", "请合并里程碑，或使用框架协议加订单"),
    });
  }
}

export class NoMilestones extends InputError {
  constructor(place: Place) {
    super("NoMilestones", place, {
      title: both("there is no milestone", "没有里程碑"),
      expected: both("at least one milestone", "至少一个里程碑"),
      fix: both("Add a milestone", "请添加里程碑"),
    });
  }
}

export class PointsUnsorted extends InputError {
  constructor(place: Place & { expected: Words }) {
    super("PointsUnsorted", place, {
      title: both("the points of the curve are not in order", "曲线点未排序"),
      expected: place.expected,
      fix: both("Sort the points by value, starting at 0", "请从 0 起按数值排序"),
    });
  }
}

export class PausesUnfit extends InputError {
  constructor(place: Place & { expected: Words }) {
    super("PausesUnfit", place, {
      title: both("the pauses of the calendar do not fit", "日历停顿期不合规"),
      expected: place.expected,
      fix: both("Sort, shorten or join the pauses", "请排序、缩短或合并停顿期"),
    });
  }
}
