/** What can go wrong with a call, as RFC 9457 problem details. Each code says what the caller does next. */
import { InputError } from "../agreement/index.ts";

const { both } = InputError;

type Row = { readonly status: number; readonly next: InputError.Next; readonly title: InputError.Words };

const row = (status: number, next: InputError.Next, en: string, zh: string): Row => ({
  status,
  next,
  title: both(en, zh),
});

export const CODES = {
  "malformed-body": row(400, "fix", "The body is not what its type says", "请求正文与其类型不符"),
  "bad-input": row(422, "fix", "The input has problems", "输入有误"),
  "not-signed-in": row(401, "fix", "Nobody is signed in", "尚未登录"),
  "session-expired": row(401, "fix", "The session has ended", "会话已失效"),
  forbidden: row(403, "stop", "Your role does not allow this", "当前角色无权执行此操作"),
  "scope-missing": row(403, "fix", "The API key does not allow this", "API 密钥未授权此操作"),
  "not-found": row(404, "stop", "There is nothing here for you", "此处没有可供查看的内容"),
  "method-not-allowed": row(405, "fix", "The address takes other methods", "该地址不支持此方法"),
  "not-acceptable": row(406, "fix", "The answer has another type", "无法提供所要求的类型"),
  "state-conflict": row(409, "stop", "It has moved on meanwhile", "其状态已发生变化"),
  "approval-needed": row(409, "stop", "A second person must approve", "须由第二人批准"),
  gone: row(410, "stop", "It is no longer there", "已不存在"),
  "changed-meanwhile": row(412, "fix", "Somebody changed it meanwhile", "其间已被他人修改"),
  "body-too-large": row(413, "fix", "The body is too large", "请求正文过大"),
  "wrong-type": row(415, "fix", "The body has another type", "请求正文类型不受支持"),
  "key-reused": row(422, "fix", "The Idempotency-Key belongs to another request", "Idempotency-Key 已用于其他请求"),
  "act-refused": row(422, "fix", "The rules refuse this act", "规则不允许此操作"),
  "wrong-signature": row(422, "fix", "The signature does not fit", "签名不符"),
  "wrong-file": row(422, "fix", "The file cannot be used", "无法使用该文件"),
  "key-in-use": row(409, "retry", "The same request is under way", "相同请求正在处理"),
  "too-many": row(429, "retry", "Too many requests", "请求过多"),
  "ledger-down": row(503, "retry", "The ledger cannot be reached", "无法连接账本"),
  "store-down": row(503, "retry", "The store cannot be reached", "无法连接数据库"),
  stopping: row(503, "retry", "The node is stopping", "节点正在停止"),
} as const satisfies Record<string, Row>;

export type Code = keyof typeof CODES;

/** Any operation can answer with these. */
export const COMMON: readonly Code[] = [
  "malformed-body",
  "bad-input",
  "not-signed-in",
  "session-expired",
  "forbidden",
  "scope-missing",
  "not-found",
  "too-many",
  "body-too-large",
  "wrong-type",
  "ledger-down",
  "store-down",
  "stopping",
];

/** A problem with a code; `words` says what was found, what was expected, and what to do next. */
export class Problem extends InputError.CommendaError {
  readonly next: InputError.Next;
  readonly code: Code;
  readonly status: number;
  /** Further members of the problem details, such as `field`. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: Code, words: InputError.Words, members: Readonly<Record<string, unknown>> = {}) {
    const { status, next, title } = CODES[code];
    super("Problem", title, words);
    this.next = next;
    this.code = code;
    this.status = status;
    this.members = members;
  }

  override toProblem(language: InputError.Language = "en"): InputError.ProblemDetails {
    return {
      ...super.toProblem(language),
      ...this.members,
      type: `/problems/${this.code}`,
      status: this.status,
      code: this.code,
    };
  }
}

/** What is not there, or not for the caller to see: both get the same words. */
export const notFound = (what: InputError.Words): Problem =>
  new Problem(
    "not-found",
    both(
      `There is no such ${what.en}, or it is not yours to see. Look at the list of what you can see.`,
      `没有该${what.zh}，或您无权查看。请查阅您可见的列表。`,
    ),
  );
