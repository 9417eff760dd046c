import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { State } from "../agreement/index.ts";
import * as Auth from "./Auth.ts";
import { ActRefused } from "./Errors.ts";
import * as Escrow from "./Escrow.ts";
import * as Signer from "./Signer.ts";
import { hashOf, keyOf, person, type Scene, scene } from "./testing/Deal.ts";

let at: Scene;
beforeAll(async () => {
  at = await scene();
});
afterAll(() => at.ledger.close());

const DELIVERABLE = hashOf("deliverable");
const REASONS = hashOf("reasons");
const UNIT = 1_000_000n;

describe("a deal on the ledger", () => {
  let subject: Escrow.Subject;
  const place = ["block", "transaction", "index", "agreement"];
  const facts = (done: Escrow.Done) =>
    done.facts.map((fact) => Object.fromEntries(Object.entries(fact).filter(([name]) => !place.includes(name))));

  test("behavior: opens with both signatures, sent by anyone", async () => {
    const { ledger, client, provider, day } = at;
    subject = { escrow: ledger.deployment.escrow, agreement: at.agreement() };
    const clientSignature = await Escrow.signTerms(ledger, subject, client);
    const providerSignature = await Escrow.signTerms(ledger, subject, provider);
    const open = { verb: "open", clientSignature, providerSignature } as const;
    const done = await Escrow.act(ledger, subject, open, { sender: ledger.house, at: day(3) });
    expect(facts(done)).toEqual([
      { kind: "opened", client: client.address, provider: provider.address, document: hashOf("document") },
    ]);
    expect(await at.balance(subject.escrow)).toBe(100_000n * UNIT);
    expect((await Escrow.state(ledger, subject)).cells.slice(0, 4).map(({ code }) => code)).toEqual([4, 4, 4, 0]);
  });

  test("behavior: a delegate-less act by its party, then one by signature with a tip", async () => {
    const { ledger, client, provider, day, token } = at;
    const deliver = { verb: "deliver", tranche: 0, round: 0, deliverable: DELIVERABLE } as const;
    const delivered = await Escrow.act(ledger, subject, deliver, { sender: provider, at: day(39) });
    expect(facts(delivered)).toEqual([{ kind: "delivered", tranche: 0, round: 0, deliverable: DELIVERABLE }]);

    const accept = { verb: "accept", tranches: 1, rounds: 0, deliverables: DELIVERABLE } as const;
    const domain = Escrow.domain(ledger, subject.escrow);
    const id = Escrow.idOf(ledger, subject);
    const auth = await Auth.sign(client, domain, id, accept, { validUntil: day(50) });
    const before = await at.balance(provider.address);
    const accepted = await Escrow.act(ledger, subject, accept, { sender: person("relayer"), auth, at: day(41) });
    expect(facts(accepted)).toEqual([
      {
        kind: "paid",
        tranche: 0,
        cause: "Acceptance",
        amount: 20_000n * UNIT,
        fee: 200n * UNIT,
        onTime: true,
        disputed: false,
      },
    ]);
    expect((await at.balance(provider.address)) - before).toBe(19_800n * UNIT);

    const next = { verb: "deliver", tranche: 1, round: 0, deliverable: DELIVERABLE } as const;
    const terms = { validUntil: day(60), tip: { token, cap: 5n * UNIT, deadline: day(60) } };
    const typed = await provider.sign(Auth.typedData(domain, id, next, terms));
    const relayer = person("relayer");
    await Escrow.act(ledger, subject, next, { sender: relayer, auth: Auth.pack(terms, typed, 3n * UNIT), at: day(45) });
    expect(await at.balance(relayer.address)).toBe(3n * UNIT);
  });

  test("behavior: rejects, reads the round and the new deadline, pays a part", async () => {
    const { ledger, client, provider, day } = at;
    const reject = { verb: "reject", tranche: 1, round: 0, deliverable: DELIVERABLE, reasons: REASONS } as const;
    await Escrow.act(ledger, subject, reject, { sender: client, at: day(46) });
    const { cells } = await Escrow.state(ledger, subject);
    expect(cells[1]).toEqual({ code: 6, round: 1, noted: false, clock: day(53) / 60 + 1 - State.EPOCH });
    const again = { verb: "deliver", tranche: 1, round: 1, deliverable: DELIVERABLE } as const;
    await Escrow.act(ledger, subject, again, { sender: provider, at: day(47) });
    const part = {
      verb: "acceptPart",
      tranche: 1,
      round: 1,
      shareBps: 6_000,
      deliverable: DELIVERABLE,
      reasons: REASONS,
    } as const;
    const done = await Escrow.act(ledger, subject, part, { sender: client, at: day(48) });
    expect(facts(done)[0]).toMatchObject({ kind: "paid", cause: "PartAcceptance", amount: 18_000n * UNIT });
    const { notes } = await Escrow.state(ledger, subject);
    expect(notes[1]).toMatchObject({ shareBps: 6_000, late: false, extended: false });
  });

  test("error: an act out of turn names the rule and the facts, and sends nothing", async () => {
    const { ledger, client, day } = at;
    const { number } = await ledger.head();
    const claim = { verb: "claim", tranche: 2 } as const;
    const refused = await Escrow.act(ledger, subject, claim, { sender: client, at: day(100) }).catch((error) => error);
    expect(refused).toBeInstanceOf(ActRefused);
    expect(refused.refusal).toEqual({
      refused: "TooEarly",
      rule: 9,
      facts: { tranche: 2n, allowedFrom: BigInt(day(107) / 60) },
    });
    expect(refused.message).toContain("2027-06-16T00:00Z");
    expect(refused.in("zh")).toContain("2027-06-16T00:00Z");
    expect((await ledger.head()).number).toBe(number);
  });

  test("behavior: the clock ends it: the deadline refunds, and the agreement closes", async () => {
    const { ledger, client, day } = at;
    const stranger = person("stranger");
    const before = await at.balance(client.address);
    await Escrow.act(ledger, subject, { verb: "claim", tranche: 1 }, { sender: stranger, at: day(107) });
    const done = await Escrow.act(ledger, subject, { verb: "claim", tranche: 2 }, { sender: stranger, at: day(107) });
    expect(facts(done)).toEqual([
      { kind: "refunded", tranche: 2, cause: "Deadline", amount: 50_000n * UNIT },
      { kind: "closed" },
    ]);
    expect((await at.balance(client.address)) - before).toBe(62_000n * UNIT);
    expect(State.isClosed(await Escrow.state(ledger, subject))).toBe(true);
    expect(await at.balance(subject.escrow)).toBe(0n);
  });
});

describe("who signs", () => {
  test("behavior: a keystore gives the same key back, and only for its password", async () => {
    const file = await Signer.encrypt(keyOf("client"), "correct horse");
    expect(file).not.toContain(keyOf("client").slice(2));
    expect((await Signer.decrypt(file, "correct horse")).address).toBe(at.client.address);
    await expect(Signer.decrypt(file, "wrong")).rejects.toMatchObject({ name: "WrongPassword" });
    await expect(Signer.decrypt("{}", "wrong")).rejects.toMatchObject({ name: "WrongPassword" });
  });

  test("error: a contract account signs but cannot send", async () => {
    const account = Signer.fromContract("0x00000000000000000000000000000000000000aa", at.client);
    const subject = { escrow: at.ledger.deployment.escrow, agreement: at.agreement() };
    const push = { verb: "claim", tranche: 0 } as const;
    await expect(Escrow.act(at.ledger, subject, push, { sender: account })).rejects.toMatchObject({
      name: "NeedsRelayer",
    });
  });
});
