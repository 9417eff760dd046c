// What can go wrong in a Solidity file, by rule: every mutant is one small change that a good suite must notice.
// Pure text in, mutants out; scripts/mutate.ts runs them. The source is formatted by `forge fmt`, so operators stand
// between blanks and a statement begins its line or follows an `if`, `else` or `for`.

/** One change of the source. */
export type Mutant = {
  /** Path of the source. */
  file: string;
  /** The rule that made it. */
  kind: Kind;
  /** Name of the function it is in, or of the contract. */
  where: string;
  /** 1-based line where the change begins. */
  line: number;
  /** Offsets in the source, and what stands there instead. */
  start: number;
  end: number;
  text: string;
  /** The changed lines before and after, blanks collapsed: what names a mutant when lines have moved. */
  before: string;
  after: string;
};

const kinds = [
  "drop a check",
  "skip an update",
  "skip a call",
  "skip an event",
  "drop the guard",
  "negate a condition",
  "move a boundary",
  "flip an equality",
  "and for or",
  "plus for minus",
  "times for through",
  "off by one",
  "change a constant",
  "another stage",
  "another cause",
  "swap the parties",
  "swap the money",
  "swap a choice",
  "ask for less",
] as const;
export type Kind = (typeof kinds)[number];

/** The source with comments and strings blanked, every offset kept. */
function blank(source: string): string {
  return source.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"/g, (text) => text.replace(/[^\n]/g, " "));
}

/** The offset behind the bracket that closes the one at `open`. */
function closing(code: string, open: number): number {
  let depth = 0;
  for (let i = open; i < code.length; i++) {
    const c = code.charAt(i);
    if ("([{".includes(c)) depth++;
    else if (")]}".includes(c) && --depth === 0) return i + 1;
  }
  return code.length;
}

/** Start and end of the statement at or after `from`: a block, or up to its semicolon. */
function statement(code: string, from: number): [start: number, end: number] {
  let start = from;
  while (/\s/.test(code.charAt(start))) start++;
  if (code.charAt(start) === "{") return [start, closing(code, start)];
  for (let i = start; i < code.length; i++) {
    if (code.charAt(i) === ";") return [start, i + 1];
    if ("([{".includes(code.charAt(i))) i = closing(code, i) - 1;
  }
  return [start, code.length];
}

/** Codes of `Cells` that are mistaken for each other: each becomes the next of its group. */
const stages = [
  ["PAID", "ENDED", "TERMINATED", "CLOSED"],
  ["ACTIVE", "WAITING"],
  ["DELIVERED", "REJECTED"],
  ["CONTESTED_BY_CLIENT", "CONTESTED_BY_PROVIDER", "CONTESTED_UNDELIVERED", "DISPUTED", "ARBITRATED"],
  ["UNFUNDED", "AWAITING"],
  ["NONE", "UNFUNDED"],
];

const swapped: Record<string, string> = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "==": "!=",
  "!=": "==",
  "&&": "||",
  "||": "&&",
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "+=": "=",
  "-=": "=",
  client: "provider",
  provider: "client",
  clientDelegate: "providerDelegate",
  providerDelegate: "clientDelegate",
  payout: "refund",
  refund: "payout",
  providerDeposit: "refund",
  fee: "payout",
};

/** Every mutant of the source, in its order; no two of the same line and kind. */
export function all(source: string, file: string): Mutant[] {
  const code = blank(source);
  const body = code.search(/^(abstract )?contract |^library /m);
  const names = [...code.matchAll(/\bfunction (\w+)\(|^(?:abstract )?(?:contract|library) (\w+)/gm)].map((match) => ({
    at: match.index,
    name: match[1] ?? match[2] ?? "",
    // Its code: behind the first brace after its head, unless it has none.
    opens: code.indexOf("{", closing(code, code.indexOf(match[1] ? "(" : "{", match.index))),
    isFunction: match[1] !== undefined,
  }));
  const home = (at: number) => names.findLast((name) => name.at <= at);
  const inBody = (at: number) => {
    const name = home(at);
    return name?.isFunction === true && at > name.opens;
  };

  const found: Mutant[] = [];
  const seen = new Set<string>();
  const add = (kind: Kind, start: number, end: number, text: string) => {
    if (start < body) return;
    const line = source.slice(0, start).split("\n").length;
    const key = `${line} ${kind}`;
    if (seen.has(key)) return;
    seen.add(key);
    const from = source.lastIndexOf("\n", start) + 1;
    const to = source.indexOf("\n", end) < 0 ? source.length : source.indexOf("\n", end);
    const squeeze = (part: string) => part.replace(/\s+/g, " ").trim();
    const before = squeeze(source.slice(from, to));
    const after = squeeze(source.slice(from, start) + text + source.slice(end, to));
    found.push({ file, kind, where: home(start)?.name ?? "", line, start, end, text, before, after });
  };
  /** For each match whose first character is in the body of a function. */
  const each = (pattern: RegExp, visit: (match: RegExpExecArray) => void) => {
    for (const match of code.matchAll(pattern)) if (inBody(match.index)) visit(match);
  };

  // Statements: those that begin a line, and those behind `if (...)` and `else`.
  const statements = new Map<number, number>();
  each(/^[ \t]+(?=[A-Za-z_])/gm, (match) => {
    const [start, end] = statement(code, match.index);
    statements.set(start, end);
  });
  each(/\bif \(/g, (match) => {
    const open = match.index + match[0].length - 1;
    const close = closing(code, open);
    const [start, end] = statement(code, close);
    statements.set(start, end);
    const inner = code.slice(start, end).replace(/^\{\s*|\s*\}$/g, "");
    const reverts = /^revert [\w.]+\([\s\S]*\);$/.test(inner) && inner.indexOf(";") === inner.length - 1;
    if (reverts && !/^\s*else\b/.test(code.slice(end))) add("drop a check", match.index, end, "{}");
    else add("negate a condition", open + 1, close - 1, `!(${source.slice(open + 1, close - 1)})`);
  });
  each(/\belse (?!if\b)/g, (match) => {
    const [start, end] = statement(code, match.index + match[0].length);
    if (/^\{\s*revert [\w.]+\([\s\S]*?\);\s*\}$/.test(code.slice(start, end))) add("drop a check", start, end, "{}");
    else statements.set(start, end);
  });
  for (const [start, end] of statements) {
    const text = code.slice(start, end);
    if (/^emit /.test(text)) add("skip an event", start, end, "{}");
    else if (/^(_require\w*|Validity\.check)\(/.test(text)) add("drop a check", start, end, "{}");
    else if (/^(delete [\w.]+;|[\w.]+(\[[^\]]*\])*(\.\w+)? (=|\+=|-=|\|=) )/.test(text)) {
      add("skip an update", start, end, "{}");
    } else if (/^return _\w+\(/.test(text)) add("skip a call", start, end, "return;");
    else if (/^_\w+\(/.test(text)) add("skip a call", start, end, "{}");
  }

  for (const match of code.matchAll(/\bnonReentrant\b/g)) {
    add("drop the guard", match.index, match.index + match[0].length, "");
  }
  const operators: [RegExp, Kind][] = [
    [/(?<=\s)(<|<=|>|>=)(?= )/g, "move a boundary"],
    [/(?<=\s)(==|!=)(?= )/g, "flip an equality"],
    [/(?<=\s)(&&|\|\|)(?= )/g, "and for or"],
    [/(?<=\s)(\+|-|\+=|-=)(?= )/g, "plus for minus"],
    [/(?<=\s)(\*|\/)(?= )/g, "times for through"],
  ];
  for (const [pattern, kind] of operators) {
    each(pattern, ({ index, 0: operator }) => add(kind, index, index + operator.length, swapped[operator] ?? ""));
  }
  each(/ [+-] 1\b/g, ({ index, 0: text }) => add("off by one", index, index + text.length, ""));
  each(/(?<![\w.])\d[\d_]*(?![\w.])/g, ({ index, 0: number }) => {
    // The zeros at the end of an act's fields are overwritten, and nobody holds the key of address 1 either.
    if (/^0(, 0)?\)/.test(code.slice(index)) && /(, |address\()$/.test(code.slice(0, index))) return;
    add("change a constant", index, index + number.length, String(Number(number.replaceAll("_", "")) + 1));
  });
  for (const match of code.matchAll(/\bconstant \w+ = ([\w]+);/g)) {
    const value = match[1] ?? "";
    const at = match.index + match[0].length - 1 - value.length;
    if (/^0x[0-9a-f]{64}$/.test(value)) {
      add("change a constant", at + 65, at + 66, value.endsWith("0") ? "1" : "0");
    } else if (/^\d/.test(value)) {
      add("change a constant", at, at + value.length, String(Number(value.replaceAll("_", "")) + 1));
    }
  }
  each(/\bCells\.([A-Z_]+)\b/g, ({ index, 0: text, 1: name = "" }) => {
    const group = stages.find((codes) => codes.includes(name));
    if (!group) return;
    const next = group[(group.indexOf(name) + 1) % group.length];
    add("another stage", index, index + text.length, `Cells.${next}`);
  });
  each(/\bCause\.(\w+)\b/g, ({ index, 0: text, 1: name }) => {
    add("another cause", index, index + text.length, name === "Acceptance" ? "Cause.Silence" : "Cause.Acceptance");
  });
  each(/(?<=\.)(client|provider|clientDelegate|providerDelegate)(?=\(\))/g, ({ index, 0: party }) => {
    add("swap the parties", index, index + party.length, swapped[party] ?? "");
  });
  each(/(?<=\bact\.)(payout|refund|providerDeposit|fee)\b/g, ({ index, 0: money }) => {
    add("swap the money", index, index + money.length, swapped[money] ?? "");
  });
  each(
    / \? (-?[\w.]+(?:\([^()]*\))?) : ([\w.]+(?:\([^()]*\))?)(?=[;,)\s])/g,
    ({ index, 0: text, 1: one, 2: other }) => {
      add("swap a choice", index, index + text.length, ` ? ${other} : ${one}`);
    },
  );
  each(/ \| Terms\.[A-Z]+(?=\))/g, ({ index, 0: text }) => add("ask for less", index, index + text.length, ""));

  return found.sort((one, other) => one.start - other.start || kinds.indexOf(one.kind) - kinds.indexOf(other.kind));
}

/** Those that matter most are taken twice as often. */
const weighty: ReadonlySet<Kind> = new Set(["drop a check", "skip an update", "negate a condition", "move a boundary"]);

/**
 * So many of them, spread over the kinds and, within a kind, over the file. The same source gives the same choice.
 * Each kind's are taken in an order that halves the gaps: the middle one, the quarters, the eighths.
 */
export function choose(mutants: readonly Mutant[], count: number): Mutant[] {
  const queues = kinds.map((kind) => {
    const of = mutants.filter((mutant) => mutant.kind === kind);
    const order = new Set<Mutant>();
    for (let parts = 2; order.size < of.length; parts *= 2) {
      for (let k = 1; k < parts; k += 2) {
        const mutant = of[Math.floor((of.length * k) / parts)];
        if (mutant) order.add(mutant);
      }
      if (parts > 2 * of.length) for (const mutant of of) order.add(mutant);
    }
    return { kind, rest: [...order] };
  });
  const chosen = new Set<Mutant>();
  while (chosen.size < Math.min(count, mutants.length)) {
    for (const { kind, rest } of queues) {
      for (const mutant of rest.splice(0, weighty.has(kind) ? 2 : 1)) {
        if (chosen.size < count) chosen.add(mutant);
      }
    }
  }
  return mutants.filter((mutant) => chosen.has(mutant));
}

/** The source with the change made. */
export function apply(source: string, mutant: Mutant): string {
  return source.slice(0, mutant.start) + mutant.text + source.slice(mutant.end);
}

/** The mutant as a diff of the lines it touches. */
export function diff(source: string, mutant: Mutant): string {
  const from = source.lastIndexOf("\n", mutant.start) + 1;
  const next = source.indexOf("\n", mutant.end);
  const to = next < 0 ? source.length : next;
  const lines = (sign: string, text: string) => text.split("\n").map((line) => `${sign} ${line}`);
  const after = source.slice(from, mutant.start) + mutant.text + source.slice(mutant.end, to);
  return [...lines("-", source.slice(from, to)), ...lines("+", after)].join("\n");
}
