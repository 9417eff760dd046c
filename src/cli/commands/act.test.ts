import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { Keystore } from "ox";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Time } from "../../agreement/index.ts";
import * as Bench from "../testing/Bench.ts";
import { act } from "./act.ts";

let bench: Bench.Bench;
beforeAll(async () => {
  bench = await Bench.open([act]);
  bench.write("design.zip", "drawings");
  bench.write("reasons.txt", "the basket loses what was put into it");
});
afterAll(() => bench.close());

/** Runs it and makes sure that nothing was sent. */
async function refused(run: () => Promise<Bench.Ran>): Promise<string> {
  const before = await bench.block();
  const { code, out, err } = await run();
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).not.toMatch(/should not|\n {4}at /);
  expect(await bench.block()).toBe(before);
  return err;
}

describe("before anything is opened", () => {
  test.each<[why: string, who: string | undefined, args: string[], en: string]>([
    ["no terms", "client", ["act", "claim"], "--terms is missing"],
    ["no act", "client", ["act", "steal", "--terms", "x"], 'There is no act "steal". Acts: open, revoke, fund'],
    ["a file that is not there", "client", ["act", "claim", "--terms", "nowhere.json"], "there is no such file"],
    ["an address that is none", "client", ["act", "claim", "--terms", "TERMS", "--rpc", "node"], '--rpc: found "node"'],
    [
      "a node that is down",
      "client",
      ["act", "claim", "--terms", "TERMS", "--rpc", "http://127.0.0.1:9"],
      "not answer",
    ],
    [
      "no key",
      undefined,
      ["act", "claim", "--terms", "TERMS"],
      "There is no key: give --key KEYSTORE, or set COMMENDA_KEY",
    ],
    ["a length that is none", "client", ["act", "claim", "--terms", "TERMS", "--patience", "long"], "--patience"],
  ])("error: %s", async (_why, who, args, en) => {
    expect(
      await refused(() =>
        bench.run(
          who,
          args.map((one) => (one === "TERMS" ? bench.file : one)),
        ),
      ),
    ).toContain(en);
  });

  test("error: a key that is no key, one on the command line, a keystore without its password", async () => {
    const claim = ["act", "claim", "--terms", bench.file];
    expect(await refused(() => bench.run("client", claim, { env: { COMMENDA_KEY: "0x12" } }))).toContain(
      "COMMENDA_KEY is no key",
    );
    const shown = await refused(() => bench.run("client", [...claim, "--key", Bench.key("client")]));
    expect(shown).toContain("--key takes a keystore file");
    expect(shown).not.toContain(Bench.key("client"));
    const [derived, options] = Keystore.scrypt({ password: "right", n: 1024 });
    const file = bench.write("key.json", JSON.stringify(Keystore.encrypt(Bench.key("client"), derived, options)));
    const withKey = [...claim, "--milestone", "1", "--key", file];
    expect(await refused(() => bench.run(undefined, withKey))).toContain("Nobody can be asked for the password");
    const wrong = await refused(() => bench.run(undefined, withKey, { env: { COMMENDA_PASSWORD: "wrong" } }));
    expect(wrong).toContain("password");
    expect(wrong).not.toContain('wrong"');
    // The right one gets as far as the rules.
    expect(await refused(() => bench.run(undefined, withKey, { secret: async () => "right" }))).toContain("NotOpen");
  });

  test("error: another chain, another escrow, other terms", async () => {
    const { registrar, ...rest } = bench.terms;
    const withRegistrar = (change: object) =>
      bench.write("other.json", JSON.stringify({ ...rest, registrar: { ...registrar, ...change } }));
    const claim = (file: string) =>
      refused(() => bench.run("client", ["act", "claim", "--terms", file, "--milestone", "1"]));
    expect(await claim(withRegistrar({ chainId: 5 }))).toContain("chain 5");
    expect(await claim(withRegistrar({ escrow: `0x${"e5".repeat(20)}` }))).toContain("has no contract there");
    expect(
      await claim(bench.write("other.json", JSON.stringify({ ...bench.terms, salt: `0x${"00".repeat(32)}` }))),
    ).toContain("NotOpen");
  });

  test("behavior: open wants the other side's signature, and takes it from a file", async () => {
    expect(await refused(() => bench.act("client", "open"))).toContain("act open needs --provider-signature");
    expect(await refused(() => bench.act("client", "open", "--provider-signature", "nowhere"))).toContain(
      "no such file",
    );
    const garbage = bench.write("garbage.json", "{}");
    expect(await refused(() => bench.act("client", "open", "--provider-signature", garbage))).toContain(
      "expected bytes in hex",
    );
    await bench.open();
  });
});

describe("what every verb needs", () => {
  test.each<[verb: string, given: string, option: string]>([
    ["fund", "", "milestone"],
    ["deliver", "", "milestone"],
    ["deliver", "--milestone design", "file"],
    ["accept", "", "milestone"],
    ["acceptPart", "--milestone design", "share"],
    ["acceptPart", "--milestone design --share 40%", "reasons"],
    ["reject", "--milestone design", "reasons"],
    ["contest", "--milestone design", "reasons"],
    ["answer", "", "milestone"],
    ["arbitrate", "", "milestone"],
    ["claim", "", "milestone"],
    ["report", "", "value"],
    ["report", "--value 4", "proof"],
    ["terminate", "", "milestone"],
    ["extend", "", "milestone"],
    ["amend", "", "next"],
    ["settle", "", "to-provider"],
    ["namePayee", "", "payee"],
    ["redirect", "", "to"],
    ["redirect", "--to 0x1111111111111111111111111111111111111111", "amount"],
    ["push", "", "owner"],
  ])("error: %s %s needs --%s", async (verb, given, option) => {
    const args = given.split(" ").filter(Boolean);
    expect(await refused(() => bench.act("client", verb, ...args))).toContain(`act ${verb} needs --${option}: `);
    expect(await refused(() => bench.act("client", verb, ...args, "--lang", "zh"))).toContain(
      `act ${verb} 需要 --${option}：`,
    );
  });

  test.each<[args: string, en: string]>([
    ["claim --milestone desing", '--milestone: found "desing", expected one of design, build'],
    ["claim --milestone 9", "--milestone"],
    ["acceptPart --milestone 1 --share much --reasons x", "--share"],
    ["deliver --milestone 1 --deliverable 0x12", '--deliverable: found "0x12", expected 32 bytes in hex'],
    ["deliver --milestone 1 --file nowhere.zip", "nowhere.zip: it cannot be read (ENOENT)"],
    ["settle --to-provider much", "--to-provider"],
    ["namePayee --payee me", '--payee: found "me", expected an address'],
    ["arbitrate --milestone 1 --cost -1", "--cost"],
    ["amend --next nowhere.json", "there is no such file"],
  ])("error: %s", async (args, en) => {
    expect(await refused(() => bench.act("client", ...args.split(" ")))).toContain(en);
  });

  test("error: a side, where the key is neither's", async () => {
    expect(await refused(() => bench.act("stranger", "revoke"))).toContain(
      "--by: found nothing, expected client or provider",
    );
  });
});

describe("acts", () => {
  const claims = ["claim", "--milestone", "design"] as const;

  test("error: a wrong key, an act out of turn with when it is allowed, in both languages", async () => {
    await bench.until("2027-01-28T09:00Z");
    const stranger = await refused(() =>
      bench.act("stranger", "deliver", "--milestone", "design", "--file", bench.path("design.zip")),
    );
    expect(stranger).toContain("NotAuthorised");
    expect(
      await refused(() =>
        bench.act("client", "reject", "--milestone", "design", "--reasons", bench.path("reasons.txt")),
      ),
    ).toContain("WrongStage");
    expect(await refused(() => bench.act("client", ...claims))).toMatch(
      /^It is allowed from 2027-\d\d-\d\dT\d\d:\d\dZ on\. Nothing was sent\.\n.*TooEarly/,
    );
    expect(await refused(() => bench.act("client", ...claims, "--lang", "zh"))).toMatch(
      /^自 2027-.*起方可执行。未发送任何内容。/,
    );
    const json = await bench.act("client", ...claims, "--json");
    expect(JSON.parse(json.out)).toMatchObject({ title: "the rules refuse this act" });
  });

  test("behavior: the salt is in a list of the owner's before anything is sent, once for the same act", async () => {
    rmSync(bench.path("terms.evidence.json"), { force: true });
    const deliver = ["deliver", "--milestone", "design", "--file", bench.path("design.zip")];
    const kept = () =>
      JSON.parse(bench.read("terms.evidence.json")).kept as { commitment: string; evidence: { salt: string } }[];
    await refused(() => bench.act("stranger", ...deliver));
    const [first] = kept();
    const done = await bench.act("provider", ...deliver, "--json");
    expect(done.code).toBe(0);
    const told = JSON.parse(done.out);
    expect(told.facts[0]).toMatchObject({ kind: "delivered", deliverable: first?.commitment });
    expect(told).toMatchObject({ verb: "deliver", again: false, earlier: [], kept: kept() });
    expect(kept()).toHaveLength(1);
    expect(done.err).toContain(`terms.evidence.json with its salt ${first?.evidence.salt}`);
    expect(statSync(bench.path("terms.evidence.json")).mode & 0o777).toBe(0o600);
    expect(readdirSync(bench.path(".")).filter((name) => name.endsWith(".new"))).toEqual([]);
  });

  test("error: a list that cannot be written, is none, or is being written: nothing is sent", async () => {
    const reject = ["reject", "--milestone", "design", "--reasons", bench.path("reasons.txt"), "--keep"];
    expect(await refused(() => bench.act("client", ...reject, bench.path("none/list.json")))).toContain(
      "the salt cannot be kept there (ENOENT). Name another place with --keep",
    );
    expect(await refused(() => bench.act("client", ...reject, bench.write("list.json", "[]")))).toContain("list.json");
    expect(await refused(() => bench.act("client", ...reject, bench.write("list.json", "salt")))).toContain(
      "is no list",
    );
    expect(bench.read("list.json")).toBe("salt");
    mkdirSync(bench.path("list.json.new"));
    expect(await refused(() => bench.act("client", ...reject, bench.path("list.json")))).toContain(
      "another act is writing it",
    );
  });

  test("behavior: signed by one, sent by another; not for another act or another agreement", async () => {
    const before = await bench.block();
    const only = await bench.act("client", "accept", "--milestone", "design", "--only-sign", "--valid-for", "2 days");
    expect(only).toMatchObject({ code: 0, err: "" });
    expect(await bench.block()).toBe(before);
    const file = bench.write("accepted.json", only.out);
    expect(await refused(() => bench.act("provider", "fund", "--signed", file))).toContain(
      "is no act that was signed with --only-sign for fund",
    );
    const other = bench.write("other.json", JSON.stringify({ ...JSON.parse(only.out), id: `0x${"12".repeat(32)}` }));
    expect(await refused(() => bench.act("provider", "accept", "--signed", other))).toContain("is of agreement");
    const early = await refused(() => bench.act("provider", "claim", "--milestone", "1", "--only-sign"));
    expect(early).toContain("claim carries no signature");
    const paid = await bench.balance("provider");
    expect(await bench.act("provider", "accept", "--signed", file)).toMatchObject({ code: 0, err: "" });
    expect((await bench.balance("provider")) - paid).toBe(19_800_000_000n);
    // A second time it is out of turn.
    expect(await refused(() => bench.act("provider", "accept", "--signed", file))).toContain("NothingToAccept");
  });
});

describe("acts that were cut off", () => {
  const deliver = () => ["deliver", "--milestone", "build", "--file", bench.path("design.zip")];
  /** Sends it, and waits no longer. */
  const cut = async (who: string, ...args: string[]) => {
    const ran = await bench.act(who, ...args, "--patience", "0 minutes");
    expect(ran).toMatchObject({ code: 2 });
    expect(ran.err).toContain("is recorded and not in a final block yet");
    return ran;
  };
  const hold = () => bench.node.rpc("evm_setAutomine", [false]);
  /** What was held back is in a block when this resolves. */
  const release = async () => {
    await bench.node.rpc("evm_mine");
    await bench.node.rpc("evm_setAutomine", [true]);
  };

  test("behavior: still pending, then done: told once, and not done a second time", async () => {
    await bench.until("2027-04-01T09:00Z");
    await hold();
    await cut("provider", ...deliver());
    const pending = await cut("provider", ...deliver());
    expect(pending.err).toContain("An earlier act is still pending; this one was not begun.");
    await release();
    const block = await bench.block();
    const again = await bench.act("provider", ...deliver());
    expect(again.code).toBe(0);
    expect(again.err).toContain(`An earlier act, deliver, was done in block ${block}`);
    expect(again.out).toContain(`This is the act that was cut off: it is done, in block ${block}`);
    expect(again.out).toContain("- delivered");
    expect(await bench.block()).toBe(block);
    const third = await refused(() => bench.act("provider", ...deliver()));
    expect(third).toContain("WrongStage");
    expect(third).not.toContain("earlier act");
  });

  test("behavior: refused by the ledger, since it came too late: told beside the next act", async () => {
    await hold();
    await cut("client", "reject", "--milestone", "build", "--reasons", bench.path("reasons.txt"));
    await bench.node.rpc("evm_setNextBlockTimestamp", [Time.parse("2027-04-20T09:00Z") * 60]);
    await release();
    const next = await bench.act("client", "settle", "--to-provider", "1", "--only-sign");
    // Whoever only signs looks at no folder.
    expect(next).toMatchObject({ code: 0, err: "" });
    const told = await bench.act("client", "claim", "--milestone", "build", "--lang", "zh");
    expect(told.code).toBe(0);
    expect(told.err).toContain("先前的操作（reject）被账本拒绝");
    expect(told.out).toContain("- 已付款");
  });

  test("behavior: a settlement that one signs and the other sends; what was cut off is in the JSON too", async () => {
    await hold();
    await cut("provider", "claim", "--milestone", "launch");
    await release();
    const only = await bench.act("client", "settle", "--to-provider", "1", "--only-sign");
    const gained = await bench.balance("provider");
    const split = bench.write("settled.json", only.out);
    const settled = await bench.act("provider", "settle", "--signed", split, "--json");
    expect(settled.code).toBe(0);
    expect(settled.err).toContain("An earlier act, claim, was done");
    expect(JSON.parse(settled.out)).toMatchObject({ verb: "settle", earlier: [{ says: { zh: expect.any(String) } }] });
    expect((await bench.balance("provider")) - gained).toBe(990_000n);
  });
});
