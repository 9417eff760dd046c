/** Why a file is not read, in both languages, with what to do next. */
import { both, InputError, type Words } from "../../agreement/InputError.ts";

/** Bounds of one Word file: what a contract of several hundred pages stays far below. */
export const LIMITS = {
  compressed: 10 * 1024 * 1024,
  /** Of the parts that are read; pictures are never unpacked. */
  unpacked: 50 * 1024 * 1024,
  entries: 2000,
  /** XML elements within each other; Word's own files stay below 60. */
  nesting: 100,
  /** Paragraphs and tables; also paragraphs with those of cells, and lines. */
  blocks: 20_000,
  /** As much as the terms hold in two languages. */
  characters: 400_000,
} as const;

const MEGABYTE = 1024 * 1024;
const save = both("Open it in Word, save it as .docx and try again", "请用 Word 打开，另存为 .docx 后重试");
const shorten = both("Remove pictures and annexes, or split the file", "请删除图片和附件，或拆分文件");

const REASONS = {
  empty: {
    title: both("the file is empty", "文件为空"),
    expected: both("a Word file (.docx)", " Word 文件（.docx）"),
    fix: both("Choose the file again", "请重新选择文件"),
  },
  notDocx: {
    title: both("this is not a Word file", "这不是 Word 文件"),
    expected: both("a Word file (.docx)", " Word 文件（.docx）"),
    fix: save,
  },
  oldOrEncrypted: {
    title: both("the file is protected by a password, or of the old format .doc", "文件有密码保护，或为旧版 .doc 格式"),
    expected: both("a Word file (.docx) without a password", "无密码的 Word 文件（.docx）"),
    fix: both("Remove the password, save it as .docx and try again", "请取消密码，另存为 .docx 后重试"),
  },
  macros: {
    title: both("the file carries macros", "文件含有宏"),
    expected: both("a Word file without macros (.docx, not .docm)", "不含宏的 Word 文件（.docx，而非 .docm）"),
    fix: both("Save it as .docx, which leaves macros out, and try again", "请另存为不含宏的 .docx 后重试"),
  },
  damaged: {
    title: both("the file is damaged or cut off", "文件已损坏或不完整"),
    expected: both("a whole Word file (.docx)", "完整的 Word 文件（.docx）"),
    fix: save,
  },
  doctype: {
    title: both("the file declares a document type or entities", "文件含有文档类型或实体声明"),
    expected: both("XML as Word writes it, without a DOCTYPE", " Word 生成的 XML，不含 DOCTYPE"),
    fix: save,
  },
  paths: {
    title: both("the file holds a part whose name leads out of it", "文件内含有越界的路径名"),
    expected: both("plain names inside the archive", "压缩包内的普通名称"),
    fix: save,
  },
  repeated: {
    title: both("the file holds a part twice", "文件内含有重复部分"),
    expected: both("each part once", "各部分只出现一次"),
    fix: save,
  },
  compressed: {
    title: both("the file is too large", "文件过大"),
    expected: both(`at most ${LIMITS.compressed / MEGABYTE} MB`, `不超过 ${LIMITS.compressed / MEGABYTE} MB`),
    fix: shorten,
  },
  unpacked: {
    title: both("the file is too large once unpacked", "文件解压后过大"),
    expected: both(`at most ${LIMITS.unpacked / MEGABYTE} MB`, `不超过 ${LIMITS.unpacked / MEGABYTE} MB`),
    fix: shorten,
  },
  entries: {
    title: both("the file holds too many parts", "文件所含部分过多"),
    expected: both(`at most ${LIMITS.entries}`, `不超过 ${LIMITS.entries} 个`),
    fix: shorten,
  },
  nesting: {
    title: both("the file is nested too deeply", "文件嵌套过深"),
    expected: both(`at most ${LIMITS.nesting} levels`, `不超过 ${LIMITS.nesting} 层`),
    fix: save,
  },
  length: {
    title: both("the text is too long", "正文过长"),
    expected: both(
      `at most ${LIMITS.characters} characters in ${LIMITS.blocks} paragraphs`,
      `不超过 ${LIMITS.characters} 个字符、${LIMITS.blocks} 段`,
    ),
    fix: shorten,
  },
} satisfies Record<string, { title: Words; expected: Words; fix: Words }>;

export type Reason = keyof typeof REASONS;

/** The file cannot be read as a Word contract; `reason` says why. */
export class WordFileRefused extends InputError {
  readonly reason: Reason;

  constructor(reason: Reason, found?: unknown) {
    super("WordFileRefused", { field: "file", found }, REASONS[reason]);
    this.reason = reason;
  }
}
