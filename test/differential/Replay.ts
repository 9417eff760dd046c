/**
 * Turns sequences of the model into transactions for the contract: calldata, senders, signatures, and what must be found
 * after each. contracts/test/differential/Differential.t.sol plays them.
 */
import { readFileSync } from "node:fs";
import { AbiFunction, AbiParameters, ContractAddress, Hash, Hex, Secp256k1, Address as Wallet } from "ox";
import type { Act } from "../../src/agreement/Act.ts";
import type { Address, Agreement, Hex as Bytes } from "../../src/agreement/Agreement.ts";
import * as Codec from "../../src/agreement/Codec.ts";
import type { Note } from "../../src/agreement/State.ts";
import type { Cast } from "./Agreements.ts";
import type { Sequence, Step } from "./Generate.ts";

/** The address forge gives a test contract; what its set-up creates follows from it. */
const TEST_CONTRACT: Address = "0x7fa9385be102ac3eac297483dd6233d62b3e1496";
const created = (nonce: bigint) => ContractAddress.fromCreate({ from: TEST_CONTRACT, nonce }).toLowerCase() as Address;
export const ESCROW = created(2n);
export const DOMAIN: Codec.Domain = { chainId: 31_337, verifyingContract: ESCROW };

const KEYS = new Map<Address, Bytes>();
function account(name: string): Address {
  const key = Hash.keccak256(Hex.fromString(`commenda ${name}`));
  const address = Wallet.fromPublicKey(Secp256k1.getPublicKey({ privateKey: key })).toLowerCase() as Address;
  KEYS.set(address, key);
  return address;
}

export const CAST: Cast = {
  client: account("client"),
  provider: account("provider"),
  clientDelegate: account("client's delegate"),
  providerDelegate: account("provider's delegate"),
  panel: account("panel"),
  token: created(3n),
  arbitrator: created(4n),
  source: created(5n),
  platform: account("platform"),
  payee: account("payee"),
  stranger: account("stranger"),
};
const PLAYERS: readonly (keyof Cast)[] = [
  "client",
  "provider",
  "clientDelegate",
  "providerDelegate",
  "panel",
  "platform",
  "payee",
  "stranger",
];
const ACCOUNTS: readonly Address[] = [...PLAYERS.map((name) => CAST[name]), ESCROW];

const VERBS = {
  open: "function open(bytes,uint256,bytes,bytes)",
  revoke: "function revoke(bytes,bool,bytes)",
  fund: "function fund(bytes,uint256,bytes)",
  deliver: "function deliver(bytes,uint256,uint256,bytes32,bytes)",
  accept: "function accept(bytes,uint256,uint256,bytes32,bytes)",
  acceptPart: "function acceptPart(bytes,uint256,uint256,uint256,bytes32,bytes32,bytes)",
  reject: "function reject(bytes,uint256,uint256,bytes32,bytes32,bytes)",
  contest: "function contest(bytes,uint256,uint256,bool,bytes32,bytes)",
  answer: "function answer(bytes,uint256,uint256,bytes)",
  arbitrate: "function arbitrate(bytes,uint256)",
  rule: "function rule(uint256,uint256)",
  rulePanel: "function rulePanel(bytes,uint256,uint256,address[])",
  claim: "function claim(bytes,uint256,uint256)",
  terminate: "function terminate(bytes,uint256,bytes)",
  extend: "function extend(bytes,uint256,bytes)",
  report: "function report(bytes,uint256,bytes)",
  amend: "function amend(bytes,bytes,uint256,bytes,bytes)",
  settle: "function settle(bytes,uint256,uint256,uint256,uint256,bytes,bytes)",
  namePayee: "function namePayee(bytes,address,uint256,bytes)",
  revokeDelegate: "function revokeDelegate(bytes,bool,bytes)",
  redirect: "function redirect(address,address,address,uint256,uint256,bytes)",
  push: "function push(address,address)",
} as const;

const call = (verb: Act["verb"], args: readonly unknown[]): Bytes =>
  AbiFunction.encodeData(AbiFunction.from(VERBS[verb]) as AbiFunction.AbiFunction, args as never);

/** EIP-712 types of the acts, without their common tail. */
const TYPES = {
  revoke: "Revoke(bytes32 agreement,",
  fund: "Fund(bytes32 agreement,uint8 tranches,",
  deliver: "Deliver(bytes32 agreement,uint8 tranche,uint8 round,bytes32 deliverable,",
  accept: "Accept(bytes32 agreement,uint8 tranches,uint16 rounds,bytes32 deliverables,",
  acceptPart:
    "AcceptPart(bytes32 agreement,uint8 tranche,uint8 round,uint16 shareBps,bytes32 deliverable,bytes32 reasons,",
  reject: "Reject(bytes32 agreement,uint8 tranche,uint8 round,bytes32 deliverable,bytes32 reasons,",
  contest: "Contest(bytes32 agreement,uint8 tranche,uint8 round,bytes32 reasons,",
  answer: "Answer(bytes32 agreement,uint8 tranche,uint8 round,",
  terminate: "Terminate(bytes32 agreement,uint8 tranches,",
  extend: "Extend(bytes32 agreement,uint8 tranche,",
  settle:
    "Settle(bytes32 agreement,uint256 toProvider,uint256 toClient,uint256 depositsToProvider,uint256 depositsToClient,",
  namePayee: "NamePayee(bytes32 agreement,address payee,uint256 nonce,",
  revokeDelegate: "RevokeDelegate(bytes32 agreement,address delegate,",
  redirect: "Redirect(address token,address to,uint256 amount,uint256 nonce,",
} as const;
const TIP = "Tip(address token,uint128 cap,uint40 deadline)";
const TAIL = `uint40 validUntil,Tip tip)${TIP}`;

const keccak = (text: string) => Hash.keccak256(Hex.fromString(text));
const word = (value: bigint | number | boolean | Bytes): Bytes =>
  typeof value === "string" ? Hex.padLeft(value, 32) : Hex.fromNumber(BigInt(value), { size: 32 });

const DOMAIN_SEPARATOR = Hash.keccak256(
  Hex.concat(
    keccak("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
    keccak("Commenda"),
    keccak("1"),
    word(DOMAIN.chainId),
    word(ESCROW),
  ),
);
const NO_TIP = Hash.keccak256(Hex.concat(keccak(TIP), word(0), word(0), word(0)));

function sign(signer: Address, digest: Bytes): Bytes {
  const privateKey = KEYS.get(signer);
  if (!privateKey) throw new Error(`no key of ${signer}`);
  const { r, s, yParity } = Secp256k1.sign({ payload: digest, privateKey });
  return Hex.concat(word(BigInt(r)), word(BigInt(s)), yParity ? "0x1c" : "0x1b");
}

/** The packed `auth` argument of an act that `signer` signed. */
function authority(signer: Address, type: keyof typeof TYPES, fields: readonly Bytes[], validUntil: number): Bytes {
  const struct = Hex.concat(keccak(TYPES[type] + TAIL), ...fields, word(validUntil), NO_TIP);
  const digest = Hash.keccak256(Hex.concat("0x1901", DOMAIN_SEPARATOR, Hash.keccak256(struct)));
  const head = Hex.concat(word(0), Hex.fromNumber(0, { size: 25 }), Hex.fromNumber(validUntil, { size: 5 }));
  return Hex.concat(head, sign(signer, digest));
}

const DELIVERABLE = keccak("deliverable");
const REASONS = keccak("reasons");

type Nonces = Map<Address, bigint>;

/** @returns Calldata of a step. `nonces`: what each signer has used so far. */
function calldata({ act, branches, sender, now }: Step, agreement: Agreement, id: Bytes, nonces: Nonces): Bytes {
  const terms = Codec.encode(agreement, branches);
  const by = act.by.toLowerCase() as Address;
  const relayed = sender !== act.by;
  const auth = (type: keyof typeof TYPES, ...fields: (bigint | number | boolean | Bytes)[]): Bytes =>
    relayed ? authority(by, type, fields.map(word), act.validUntil ?? now * 60) : "0x";
  const nonce = relayed ? (nonces.get(by) ?? 0n) : 0n;
  switch (act.verb) {
    case "open":
    case "amend": {
      const digest = act.verb === "open" ? id : act.nextId;
      const signed = (party: Address) => (act.signers.includes(party) ? sign(party, digest) : "0x");
      const both = [act.fundNow, signed(CAST.client), signed(CAST.provider)];
      return act.verb === "open"
        ? call("open", [terms, ...both])
        : call("amend", [terms, Codec.encode(act.next), ...both]);
    }
    case "revoke":
      return call("revoke", [terms, act.byClient, auth("revoke", id)]);
    case "fund":
    case "terminate":
      return call(act.verb, [terms, act.tranches, auth(act.verb, id, act.tranches)]);
    case "deliver": {
      const fields = [act.tranche, act.round, DELIVERABLE] as const;
      return call("deliver", [terms, ...fields, auth("deliver", id, ...fields)]);
    }
    case "accept": {
      const rounds = act.rounds.reduce((bits, round, i) => bits | (round << (2 * i)), 0);
      const fields = [act.tranches, rounds, DELIVERABLE] as const;
      return call("accept", [terms, ...fields, auth("accept", id, ...fields)]);
    }
    case "acceptPart": {
      const fields = [act.tranche, act.round, act.shareBps, DELIVERABLE, REASONS] as const;
      return call("acceptPart", [terms, ...fields, auth("acceptPart", id, ...fields)]);
    }
    case "reject": {
      const fields = [act.tranche, act.round, DELIVERABLE, REASONS] as const;
      return call("reject", [terms, ...fields, auth("reject", id, ...fields)]);
    }
    case "contest": {
      const signed = auth("contest", id, act.tranche, act.round, REASONS);
      return call("contest", [terms, act.tranche, act.round, act.byClient, REASONS, signed]);
    }
    case "answer":
      return call("answer", [terms, act.tranche, act.round, auth("answer", id, act.tranche, act.round)]);
    case "extend":
      return call("extend", [terms, act.tranche, auth("extend", id, act.tranche)]);
    case "arbitrate":
      return call("arbitrate", [terms, act.tranche]);
    case "rule":
      return call("rule", [act.number, act.ruling]);
    case "rulePanel":
      return call("rulePanel", [terms, act.tranche, act.ruling, act.payees]);
    case "claim":
      return call("claim", [terms, act.tranche, act.number ?? 0n]);
    case "report":
      return call("report", [terms, act.value, "0x"]);
    case "settle": {
      const { toProvider, toClient, depositsToProvider, depositsToClient, signers } = act;
      const parts = [toProvider, toClient, depositsToProvider, depositsToClient] as const;
      const signed = (party: Address) =>
        sender !== party && signers.includes(party)
          ? authority(party, "settle", [id, ...parts].map(word), act.validUntil ?? now * 60)
          : "0x";
      return call("settle", [terms, ...parts, signed(CAST.client), signed(CAST.provider)]);
    }
    case "namePayee":
      return call("namePayee", [terms, act.payee, nonce, auth("namePayee", id, act.payee, nonce)]);
    case "revokeDelegate": {
      const delegate = act.byClient ? agreement.parties.clientDelegate : agreement.parties.providerDelegate;
      return call("revokeDelegate", [terms, act.byClient, auth("revokeDelegate", id, delegate)]);
    }
    case "redirect": {
      const signed = auth("redirect", agreement.work.token, act.to, act.amount, nonce);
      return call("redirect", [agreement.work.token, act.owner, act.to, act.amount, nonce, signed]);
    }
    case "push":
      return call("push", [agreement.work.token, act.owner]);
  }
}

/** Selector of every error the contract refuses with, from its source. */
const SELECTORS: ReadonlyMap<string, Bytes> = (() => {
  const source = readFileSync(new URL("../../contracts/src/Errors.sol", import.meta.url), "utf8");
  const found = [...source.matchAll(/error (\w+)\(([^)]*)\);/g)].map(([, name = "", args = ""]) => {
    const types = args
      .split(",")
      .map((one) => one.trim().split(" ")[0])
      .join(",");
    return [name, Hex.slice(keccak(`${name}(${types})`), 0, 4)] as const;
  });
  return new Map([...found, ["TransferFailed", Hex.slice(keccak("TransferFailed()"), 0, 4)]]);
})();

const packNote = ({ shareBps, lateDays, shift, late, extended, value }: Note): bigint =>
  BigInt(shareBps) |
  (BigInt(lateDays) << 16n) |
  (BigInt(shift) << 32n) |
  (late ? 1n << 64n : 0n) |
  (extended ? 1n << 72n : 0n) |
  (value << 80n);

const STEP =
  "(uint256 time, address sender, uint256 value, bytes data, bytes set, bytes4 refusal, bytes32 id, uint256 word, bytes32 nextId, uint256 nextWord, uint256[8] notes, int256[] gains, uint256[] credits)";
const SEQUENCES = AbiParameters.from(
  `address escrow, address token, address arbitrator, address source, address[] accounts, (uint256 seed, ${STEP}[] steps)[] sequences`,
);
const SETTING = AbiParameters.from(
  "address[] refuses, uint256 takes, uint256 cost, uint256 number, uint256 ruling, bool attested",
);

function step(one: Step, { agreements, ids }: Sequence, nonces: Nonces) {
  const { act, now, token, expected } = one;
  const id = ids[one.on] as Bytes;
  const agreement = agreements[one.on] as Agreement;
  const data = calldata(one, agreement, id, nonces);
  if (expected === "ok" && one.sender !== act.by && (act.verb === "namePayee" || act.verb === "redirect")) {
    nonces.set(act.by, (nonces.get(act.by) ?? 0n) + 1n);
  }
  const refusal = expected === "ok" ? "0x00000000" : SELECTORS.get(expected.refused);
  if (!refusal) throw new Error(`the contract has no error ${expected === "ok" ? "" : expected.refused}`);
  const { cost = 0n, number = 0n, ruling } = act.verb === "arbitrate" ? act : {};
  const takes = token.takes === "all" ? 2n ** 256n - 1n : token.takes;
  const set = AbiParameters.encode(SETTING, [
    [...token.refuses],
    takes,
    cost,
    number,
    ruling === undefined ? 2n ** 256n - 1n : ruling,
    act.verb === "report" && act.attested,
  ]);
  return {
    time: BigInt(now) * 60n,
    sender: one.sender,
    value: act.verb === "arbitrate" ? (act.value ?? cost) : 0n,
    data,
    set,
    refusal,
    id,
    word: one.word,
    nextId: (one.next ? ids[one.next.on] : word(0)) as Bytes,
    nextWord: one.next?.word ?? 0n,
    notes: one.notes.map(packNote) as never,
    gains: ACCOUNTS.map((who) => one.balances[who === ESCROW ? "escrow" : who] ?? 0n),
    credits: PLAYERS.map((name) => one.credits[CAST[name]] ?? 0n),
  };
}

/** One file for the contract's test. */
export function encode(sequences: readonly Sequence[]): Bytes {
  const all = sequences.map((sequence) => {
    const nonces: Nonces = new Map();
    return { seed: BigInt(sequence.seed), steps: sequence.steps.map((one) => step(one, sequence, nonces)) };
  });
  const head = [ESCROW, CAST.token, CAST.arbitrator, CAST.source, [...ACCOUNTS]];
  return AbiParameters.encode(SEQUENCES, [...head, all] as never);
}
