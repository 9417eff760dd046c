/**
 * An agreement as the ledger reads it: the EIP-712 hash that both parties sign (a tree, so that an act carries the
 * branches it reads and of the others only the hash) and the packed form in which the branches travel.
 */
import { TypedData } from "ox";
import type {
  Address,
  Agreement,
  Arbitration,
  Hex,
  Outcome,
  Parties,
  Pause,
  Point,
  Tranche,
  Work,
} from "./Agreement.ts";
import { both, CommendaError } from "./InputError.ts";

/** The escrow that the signatures are for. */
export type Domain = { chainId: number | bigint; verifyingContract: Address };

/** In the order in which they travel. The last two are part of the clauses. */
export const BRANCHES = ["parties", "work", "arbitration", "outcome"] as const;
export type Branch = (typeof BRANCHES)[number];

/** What a packed form holds: each branch in full or as its hash; one hash when no branch of the clauses is in full. */
export type Packed = { parties: Parties | Hex; work: Work | Hex } & (
  | { clauses: Hex }
  | (Pick<Agreement, "document" | "replaces" | "openBy"> & { arbitration: Arbitration | Hex; outcome: Outcome | Hex })
);

const field = (fields: string) =>
  fields.split(",").map((one) => {
    const [type = "", name = ""] = one.split(" ");
    return { name, type };
  });

/** EIP-712 types, word for word those of the contract's `Terms`. */
export const TYPES = {
  Agreement: field("Parties parties,Work work,Clauses clauses"),
  Parties: field("address client,address provider,address clientDelegate,address providerDelegate"),
  Work: field(
    "address token,address feeRecipient,uint16 feeBps,bool sequential,bool payByResult,Tranche[] tranches,Pause[] pauses",
  ),
  Tranche: field(
    "uint128 amount,uint32 start,uint32 due,uint32 review,uint32 cure,uint32 fundBy,bool terminable,uint128 terminationFee,uint8 extender,uint16 extensionDays,uint128 extensionPrice",
  ),
  Pause: field("uint32 from,uint32 until"),
  Clauses: field("bytes32 document,bytes32 replaces,uint32 openBy,Arbitration arbitration,Outcome outcome"),
  Arbitration: field(
    "address arbitrator,bool panel,uint128 deposit,uint32 answerWithin,uint32 ruleWithin,uint16 fallbackBps,uint128 maxCost,bytes extraData",
  ),
  Outcome: field("address source,uint8 metric,bool lines,uint128 defaultValue,Point[] points"),
  Point: field("uint128 value,uint128 pay"),
};

/** A field too large for the packed form: `bits` is what there is room for. */
export class DoesNotFit extends CommendaError {
  readonly next = "fix";
  readonly field: string;
  readonly bits: number;

  constructor(field: string, found: bigint, bits: number) {
    const title = both("the value is too large for the ledger", "数值超出账本可容纳的范围");
    const en = `${field}: found ${found}, expected a whole number under 2^${bits}. Use a smaller one.`;
    super("DoesNotFit", title, both(en, `${field}：现为 ${found}，应为小于 2^${bits} 的非负整数。请改用较小的数值。`));
    this.field = field;
    this.bits = bits;
  }
}

/** Bytes that are no packed agreement: too short, too long, or with a flag that has no meaning. */
export class MalformedTerms extends CommendaError {
  readonly next = "fix";
  readonly at: number;

  constructor(at: number) {
    const title = both("these bytes are no agreement", "这些字节不是协议");
    const en = `Packed terms go wrong at byte ${at}. Encode the agreement again.`;
    super("MalformedTerms", title, both(en, `协议的打包数据在第 ${at} 字节处有误。请重新编码。`));
    this.at = at;
  }
}

/** What a wallet shows and signs: `eth_signTypedData_v4`. */
export function typedData(domain: Domain, agreement: Agreement) {
  const { chainId, verifyingContract } = domain;
  return {
    domain: { name: "Commenda", version: "1", chainId: Number(chainId), verifyingContract },
    types: TYPES,
    primaryType: "Agreement" as const,
    message: nested(agreement),
  };
}

/** The agreement as EIP-712 nests it. */
const nested = ({ parties, work, ...clauses }: Agreement) => ({ parties, work, clauses });

/** The agreement's id: the EIP-712 digest that both parties sign. */
export function id(domain: Domain, agreement: Agreement): Hex {
  return TypedData.getSignPayload(typedData(domain, agreement) as TypedData.Definition);
}

/** Struct hash of each branch, and of the clauses. */
export function branchHashes(agreement: Agreement): Record<Branch | "clauses", Hex> {
  const { parties, work, clauses } = nested(agreement);
  const hash = (primaryType: string, data: Record<string, unknown>) =>
    TypedData.hashStruct({ primaryType, types: TYPES, data });
  return {
    parties: hash("Parties", parties),
    work: hash("Work", work),
    clauses: hash("Clauses", clauses),
    arbitration: hash("Arbitration", clauses.arbitration),
    outcome: hash("Outcome", clauses.outcome),
  };
}

/**
 * The packed `bytes terms` of an act: the named branches in full, the others as their hash.
 * Throws `DoesNotFit` when a field has no room.
 */
export function encode(agreement: Agreement, branches: readonly Branch[] = BRANCHES): Hex {
  const hashes = branches.length < BRANCHES.length ? branchHashes(agreement) : undefined;
  const flags = BRANCHES.reduce((bits, branch, index) => bits | (branches.includes(branch) ? 1 << index : 0), 0);
  const leg = (branch: Branch) => (branches.includes(branch) ? pack[branch](agreement) : hashes?.[branch].slice(2));
  const clauses = flags < 4 ? [hashes?.clauses.slice(2)] : [packHead(agreement), leg("arbitration"), leg("outcome")];
  return `0x${[byte(flags), leg("parties"), leg("work"), ...clauses].join("")}`;
}

const bytes =
  (count: number) =>
  (value: bigint | number, name = "") => {
    const whole = BigInt(value);
    if (whole < 0n || whole >> BigInt(8 * count) !== 0n) throw new DoesNotFit(name, whole, 8 * count);
    return whole.toString(16).padStart(2 * count, "0");
  };
const byte = bytes(1);
const two = bytes(2);
const four = bytes(4);
const amount = bytes(16);
const address = bytes(20);
const word = bytes(32);

const pack: Record<Branch, (agreement: Agreement) => string> = {
  parties: ({ parties: { client, provider, clientDelegate, providerDelegate } }) =>
    [client, provider, clientDelegate, providerDelegate].map((who) => address(BigInt(who))).join(""),
  work: ({ work }) => packWork(work),
  arbitration: ({ arbitration: a }) =>
    [
      address(BigInt(a.arbitrator)),
      byte(a.panel ? 1 : 0),
      amount(a.deposit, "arbitration.deposit"),
      four(a.answerWithin, "arbitration.answerWithin"),
      four(a.ruleWithin, "arbitration.ruleWithin"),
      two(a.fallbackBps, "arbitration.fallbackBps"),
      amount(a.maxCost, "arbitration.maxCost"),
      two((a.extraData.length - 2) / 2, "arbitration.extraData"),
      a.extraData.slice(2),
    ].join(""),
  outcome: ({ outcome: { source, metric, lines, defaultValue, points } }) =>
    [
      address(BigInt(source)),
      byte(metric),
      byte(lines ? 1 : 0),
      amount(defaultValue, "outcome.defaultValue"),
      byte(points.length, "outcome.points"),
      ...points.flatMap(({ value, pay }, index) => [
        amount(value, `outcome.points[${index}].value`),
        amount(pay, `outcome.points[${index}].pay`),
      ]),
    ].join(""),
};

/** The clauses without their two branches. */
function packHead({ document, replaces, openBy }: Agreement): string {
  return word(BigInt(document)) + word(BigInt(replaces)) + four(openBy, "openBy");
}

function packWork(work: Work): string {
  const { tranches, pauses, sequential, payByResult } = work;
  const hasOptions = tranches.some(({ terminationFee, extensionPrice }) => terminationFee > 0n || extensionPrice > 0n);
  const options = tranches.map(
    ({ terminationFee, extensionPrice }, index) =>
      amount(terminationFee, `work.tranches[${index}].terminationFee`) +
      amount(extensionPrice, `work.tranches[${index}].extensionPrice`),
  );
  return [
    address(BigInt(work.token)),
    address(BigInt(work.feeRecipient)),
    two(work.feeBps, "work.feeBps"),
    byte((sequential ? 1 : 0) | (payByResult ? 2 : 0) | (hasOptions ? 4 : 0)),
    byte(tranches.length, "work.tranches"),
    byte(pauses.length, "work.pauses"),
    ...tranches.map(packTranche),
    ...(hasOptions ? options : []),
    ...pauses.map(
      ({ from, until }, index) => four(from, `work.pauses[${index}].from`) + four(until, `work.pauses[${index}].until`),
    ),
  ].join("");
}

/** From the most significant bit; 256 in all. */
const TRANCHE_FIELDS = [
  ["amount", 128],
  ["start", 26],
  ["due", 26],
  ["review", 20],
  ["cure", 20],
  ["fundBy", 26],
  ["terminable", 1],
  ["extender", 2],
  ["extensionDays", 7],
] as const;

function packTranche(tranche: Tranche, index: number): string {
  let bits = 0n;
  for (const [name, width] of TRANCHE_FIELDS) {
    const value = BigInt(tranche[name]);
    if (value < 0n || value >> BigInt(width) !== 0n)
      throw new DoesNotFit(`work.tranches[${index}].${name}`, value, width);
    bits = (bits << BigInt(width)) | value;
  }
  return word(bits);
}

/** Reads a packed form. Demands the exact length. Throws `MalformedTerms`. */
export function decode(terms: Hex): Packed {
  const length = (terms.length - 2) / 2;
  let at = 0;
  const hex = (count: number): Hex => {
    if (at + count > length) throw new MalformedTerms(at);
    at += count;
    return `0x${terms.slice(2 + 2 * (at - count), 2 + 2 * at).toLowerCase()}`;
  };
  const read: Reader = {
    hex,
    big: (count) => (count === 0 ? 0n : BigInt(hex(count))),
    number: (count) => Number(BigInt(hex(count))),
  };
  const flags = read.number(1);
  if (flags > 15) throw new MalformedTerms(0);
  const branch = <T>(index: number, unpack: (read: Reader) => T): T | Hex =>
    (flags >> index) & 1 ? unpack(read) : hex(32);
  const front = { parties: branch(0, unpackParties), work: branch(1, unpackWork) };
  const clauses =
    flags < 4
      ? { clauses: hex(32) }
      : {
          document: hex(32),
          replaces: hex(32),
          openBy: read.number(4),
          arbitration: branch(2, unpackArbitration),
          outcome: branch(3, unpackOutcome),
        };
  if (at !== length) throw new MalformedTerms(at);
  return { ...front, ...clauses };
}

type Reader = { hex: (count: number) => Hex; big: (count: number) => bigint; number: (count: number) => number };

function unpackParties({ hex }: Reader): Parties {
  return { client: hex(20), provider: hex(20), clientDelegate: hex(20), providerDelegate: hex(20) };
}

function unpackWork({ hex, big, number }: Reader): Work {
  const head = { token: hex(20), feeRecipient: hex(20), feeBps: number(2) };
  const flags = number(1);
  const count = number(1);
  const pauseCount = number(1);
  const words = Array.from({ length: count }, () => big(32));
  const options = words.map(() => (flags & 4 ? { terminationFee: big(16), extensionPrice: big(16) } : NO_OPTIONS));
  const pauses = Array.from({ length: pauseCount }, (): Pause => ({ from: number(4), until: number(4) }));
  const tranches = words.map((bits, index) => ({ ...unpackTranche(bits), ...(options[index] ?? NO_OPTIONS) }));
  return { ...head, sequential: (flags & 1) !== 0, payByResult: (flags & 2) !== 0, tranches, pauses };
}

const NO_OPTIONS = { terminationFee: 0n, extensionPrice: 0n };

function unpackTranche(bits: bigint): Omit<Tranche, keyof typeof NO_OPTIONS> {
  let left = 256n;
  const values = TRANCHE_FIELDS.map(([, width]) => {
    left -= BigInt(width);
    return (bits >> left) & ((1n << BigInt(width)) - 1n);
  });
  const [total = 0n, start, due, review, cure, fundBy, terminable, extender, extensionDays] = values;
  return {
    amount: total,
    start: Number(start),
    due: Number(due),
    review: Number(review),
    cure: Number(cure),
    fundBy: Number(fundBy),
    terminable: terminable === 1n,
    extender: Number(extender) as Tranche["extender"],
    extensionDays: Number(extensionDays),
  };
}

function unpackArbitration({ hex, big, number }: Reader): Arbitration {
  const arbitrator = hex(20);
  const panel = (number(1) & 1) !== 0;
  const deposit = big(16);
  const answerWithin = number(4);
  const ruleWithin = number(4);
  const fallbackBps = number(2);
  const maxCost = big(16);
  return { arbitrator, panel, deposit, answerWithin, ruleWithin, fallbackBps, maxCost, extraData: hex(number(2)) };
}

function unpackOutcome({ hex, big, number }: Reader): Outcome {
  const source = hex(20);
  const metric = number(1) as Outcome["metric"];
  const lines = (number(1) & 1) !== 0;
  const defaultValue = big(16);
  const points = Array.from({ length: number(1) }, (): Point => ({ value: big(16), pay: big(16) }));
  return { source, metric, lines, defaultValue, points };
}
