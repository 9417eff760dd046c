/** What the sign-in library refuses, as our problems. Its own words are in one language and tell nobody what to do. */
import { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";

const { both } = InputError;
type Row = readonly [Problem.Code, InputError.Words];

const again = both(
  "The sign-in took too long, or was tried before. Begin again.",
  "登录已超时，或此前已使用过。请重新开始。",
);
const passkey = both(
  "The passkey did not sign this sign-in. Try again with a passkey of this node; it must ask for fingerprint, face or PIN.",
  "通行密钥未能完成此次登录。请使用本节点的通行密钥重试；设备须验证指纹、面容或 PIN。",
);
const foreign = both(
  "The request comes from another site. Open the node's own address and sign in there.",
  "请求来自其他网站。请打开本节点的地址，在该处登录。",
);

/** By the library's code; a message of ours has one too. */
const ROWS: Readonly<Record<string, Row>> = {
  UNAUTHORIZED_INVALID_OR_EXPIRED_NONCE: ["not-signed-in", again],
  UNAUTHORIZED_SIWE_MESSAGE_EXPIRED: ["not-signed-in", again],
  CHALLENGE_NOT_FOUND: ["not-signed-in", again],
  FAILED_TO_VERIFY_REGISTRATION: ["wrong-signature", passkey],
  AUTHENTICATION_FAILED: ["wrong-signature", passkey],
  PASSKEY_NOT_FOUND: [
    "not-found",
    both(
      "This node does not know the passkey. Register it first, or choose another one.",
      "本节点没有该通行密钥。请先注册，或选择其他通行密钥。",
    ),
  ],
  YOU_ARE_NOT_ALLOWED_TO_REGISTER_THIS_PASSKEY: [
    "forbidden",
    both("Somebody else signed in meanwhile. Begin the registration again.", "其间登录者已变更。请重新开始注册。"),
  ],
  INVALID_ORIGIN: ["forbidden", foreign],
  MISSING_OR_NULL_ORIGIN: ["forbidden", foreign],
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: ["forbidden", foreign],
  SESSION_NOT_FRESH: [
    "session-expired",
    both(
      "Passkeys are changed only within a day of signing in. Sign in again.",
      "仅可在登录后一日内变更通行密钥。请重新登录。",
    ),
  ],
  SESSION_OVER: [
    "session-expired",
    both(
      "The session has ended. Sign in again, or sign out first to register as somebody new.",
      "会话已失效。请重新登录；如需注册新用户，请先退出登录。",
    ),
  ],
  LAST_WAY_IN: [
    "state-conflict",
    both(
      "It is the only way in to this account. Register another passkey first.",
      "这是该账户唯一的登录方式。请先注册另一通行密钥。",
    ),
  ],
  PASSKEY_KNOWN: [
    "state-conflict",
    both("The passkey is registered already. Sign in with it.", "该通行密钥已注册。请直接用其登录。"),
  ],
  PASSKEY_UNFIT: [
    "wrong-signature",
    both(
      "The passkey must be an ES256 (P-256) key that asks for fingerprint, face or PIN. Choose another device or password manager.",
      "通行密钥须为 ES256（P-256）密钥，并验证指纹、面容或 PIN。请换用其他设备或密码管理器。",
    ),
  ],
  LEDGER_DOWN: [
    "ledger-down",
    both(
      "The ledger must be asked about a contract wallet and does not answer. Try again later.",
      "须向账本查询该合约钱包，但账本未响应。请稍后再试。",
    ),
  ],
};

const message = (en: string, zh: string): Row => [
  "wrong-signature",
  both(`${en} Let the wallet sign the message that this page shows.`, `${zh}请用钱包签署本页面给出的消息。`),
];

/** Why a sign-in message is not meant for this node: `Wallet.objection`. */
const OBJECTIONS: Readonly<Record<string, Row>> = {
  MEANT_DOMAIN: message("The message names another domain.", "消息所列域名并非本节点。"),
  MEANT_URI: message("The message names another address (URI).", "消息所列地址（URI）并非本节点。"),
  MEANT_CHAIN: message("The message names another chain.", "消息所列链并非本节点的账本。"),
  MEANT_FORM: message("The message has not the form of ERC-4361.", "消息不符合 ERC-4361 格式。"),
  MEANT_TIME: ["not-signed-in", again],
};

const BY_STATUS: Readonly<Record<number, Row>> = {
  400: ["bad-input", both("The request lacks something, or has it in another form.", "请求缺少内容或格式不符。")],
  401: [
    "not-signed-in",
    both(
      "The sign-in is not good: the signature does not fit the message. Begin again.",
      "登录无效：签名与消息不符。请重新开始。",
    ),
  ],
  403: ["forbidden", foreign],
  404: ["not-found", both("There is no such address below /v1/auth/.", "/v1/auth/ 下没有该地址。")],
  405: ["method-not-allowed", both("The address takes another method.", "该地址不支持此方法。")],
  413: ["body-too-large", both("The body is too large.", "请求正文过大。")],
  415: ["wrong-type", both("The body must be application/json.", "请求正文须为 application/json。")],
  429: ["too-many", both("Too many attempts. Wait a minute.", "尝试次数过多。请稍候一分钟。")],
};

/** A refusal of the library as a problem. Its text, which may repeat what was sent, is dropped. */
export function problem(status: number, code: unknown): Problem.Problem {
  const known = typeof code === "string" ? { ...ROWS, ...OBJECTIONS }[code] : undefined;
  const row = known ?? BY_STATUS[status];
  if (row) return new Problem.Problem(...row);
  return new Problem.Problem(
    "store-down",
    both("Signing in does not work at the moment. Try again later.", "暂时无法登录。请稍后再试。"),
  );
}
