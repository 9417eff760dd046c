/** An input of every operation, about the things of one world. What is missing does not compile. */
import type * as z from "zod";
import type { Table } from "../../src/api/index.ts";
import type { World } from "./Estate.ts";

/** Links that come from elsewhere. */
export type Links = { readonly seat: string; readonly member: string };

type Inputs = { readonly [N in Table.Name]: z.input<Table.Table[N]["input"]> };

const ADDRESS = `0x${"22".repeat(20)}`;

export function of(world: World, { seat, member }: Links): Inputs {
  const { organisation, agreement, comment, evidence, webhook, delivery, approval, key, notice, act } = world;
  const [inOrganisation, inAgreement] = [{ organisation }, { agreement }];
  const push = { verb: "push", owner: ADDRESS } as const;
  return {
    "me.home": {},
    "task.list": {},
    "deadline.list": {},
    "agreement.list": {},
    "agreement.create": { organisation, side: "client" },
    "agreement.importWord": { organisation, side: "client", file: "aGVsbG8=" },
    "agreement.importPack": { organisation, role: "client", pack: "{}" },
    "agreement.show": inAgreement,
    "agreement.withdraw": inAgreement,
    "version.list": inAgreement,
    "version.show": { agreement, version: 1 },
    "version.save": { agreement, base: 99, document: {} },
    "version.compare": { agreement, from: 1, to: 1 },
    "version.endings": { agreement, version: 1 },
    "terms.check": { document: {} },
    "comment.list": inAgreement,
    "comment.add": { agreement, version: 1, text: "Yes." },
    "comment.resolve": { agreement, comment },
    "invitation.create": { agreement, role: "reader" },
    "invitation.list": inAgreement,
    "invitation.revoke": { agreement, invitation: world.invitation },
    "invitation.show": { token: seat },
    "invitation.accept": { organisation, token: seat },
    "signature.prepare": inAgreement,
    "signature.give": { agreement, side: "client", version: 1 },
    "act.prepare": { agreement, act: push },
    "act.submit": { agreement, act: push },
    "act.list": inAgreement,
    "act.show": { agreement, act },
    "agreement.standing": inAgreement,
    "agreement.statement": inAgreement,
    "fact.list": inAgreement,
    "agreement.pack": inAgreement,
    "pack.verify": { pack: "{}" },
    "evidence.create": { agreement, name: "a.bin", size: 1 },
    "evidence.put": { agreement, name: "a.txt", content: "aGVsbG8=" },
    "evidence.list": inAgreement,
    "evidence.show": { agreement, evidence },
    "evidence.content": { agreement, evidence },
    "evidence.share": { agreement, evidence, readers: null },
    "evidence.erase": { agreement, evidence: world.scrap },
    "manifest.create": { agreement, milestone: "design", files: [evidence] },
    "manifest.list": inAgreement,
    "manifest.show": { agreement, manifest: evidence },
    "ci.create": { agreement, source: "github", name: "builds" },
    "ci.list": inAgreement,
    "ci.rotate": { agreement, address: world.ci },
    "ci.remove": { agreement, address: world.ci },
    "report.list": inAgreement,
    "me.show": {},
    "me.update": { mail: false },
    "email.ask": { email: "somebody@example.com" },
    "email.confirm": { token: "A".repeat(43) },
    "email.remove": {},
    "organisation.create": { name: "Another" },
    "organisation.show": inOrganisation,
    "organisation.update": { organisation, name: "Works" },
    "member.list": inOrganisation,
    "member.invite": { organisation, role: "auditor" },
    "member.join": { token: member },
    "member.change": { organisation, user: world.spare, role: "member" },
    "member.remove": { organisation, user: world.spare },
    "account.list": inOrganisation,
    "account.show": { organisation, address: world.address },
    "account.mint": { organisation, address: world.address, amount: "1" },
    "account.addWallet": { organisation, name: "Wallet", address: ADDRESS, signature: "0x11" },
    "account.create": { organisation, name: "Till", signers: [{ name: "none", signer: `0x${"00".repeat(20)}` }] },
    "account.execute": {
      ...{ organisation, address: world.address, nonce: "0", validUntil: 0, signature: "0x11" },
      calls: [{ to: ADDRESS, data: "0x" }],
    },
    "quorum.create": { organisation, kind: "panel", members: [ADDRESS], votes: 1 },
    "quorum.show": { kind: "panel", address: ADDRESS },
    "approval.list": inOrganisation,
    "approval.decide": { organisation, approval, approve: false },
    "key.create": { organisation, name: "tool", scopes: ["manage"] },
    "key.list": inOrganisation,
    "key.revoke": { organisation, key },
    "node.show": {},
    "demo.advance": { minutes: 1 },
    "event.list": {},
    "notice.list": {},
    "notice.read": { notice },
    "webhook.create": { organisation, url: "https://192.0.2.1/" },
    "webhook.list": inOrganisation,
    "webhook.change": { organisation, webhook, active: false },
    "webhook.rotate": { organisation, webhook },
    "webhook.remove": { organisation, webhook },
    "delivery.list": { organisation, webhook },
    "delivery.replay": { organisation, webhook, delivery },
    "audit.list": inOrganisation,
    "audit.verify": {},
  };
}

/** Well-formed, of nothing. */
export const NOWHERE: Links = { seat: "A".repeat(43), member: "B".repeat(43) };
