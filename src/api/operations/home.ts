/** What a person sees first: what awaits them, until when, and what money is on its way. */
import * as z from "zod";
import { InputError } from "../../agreement/index.ts";
import * as Forms from "../Forms.ts";
import { operation } from "../Operation.ts";
import { seatRole, status } from "./agreements.ts";

const { both } = InputError;
const { agreementId: agreement, organisationId: organisation } = Forms;

const currency = z.strictObject({ code: z.string(), scale: z.int() });

const task = z.strictObject({
  agreement,
  title: Forms.words,
  /** For which of the caller's organisations, and as what. */
  organisation,
  role: seatRole,
  /**
   * `review`: the other side has saved a version. `sign`, `open`. `countersign`: `act` waits for another signature.
   * `approve`: `approval` waits for a second person. Else the verb of an act.
   */
  verb: z.string(),
  /** Name of the milestone, or `outcome`. */
  milestone: z.string().optional(),
  milestoneTitle: Forms.words.optional(),
  amount: Forms.units.optional(),
  currency: currency.optional(),
  /** When it is due by the terms. */
  due: Forms.time.optional(),
  /** Until then; `deadline.list` says what happens if nobody acts. */
  until: Forms.time.optional(),
  act: Forms.id.optional(),
  approval: Forms.id.optional(),
});

const deadline = z.strictObject({
  agreement,
  title: Forms.words,
  milestone: z.string(),
  at: Forms.time,
  /** What anyone can then have done; this node does it. */
  says: Forms.words,
  verb: z.string(),
  /** What it brings, net of fees and deposits. */
  toClient: Forms.units,
  toProvider: Forms.units,
  currency,
  /** Roles of the caller. */
  mine: z.array(seatRole),
});

const money = z.strictObject({
  currency,
  role: z.enum(["client", "provider"]),
  agreements: z.int(),
  /** In the escrow. */
  held: Forms.units,
  /** Still to be paid in. */
  promised: Forms.units,
  /** Of what time alone would move: the first and the last moment. */
  next: Forms.time.optional(),
  last: Forms.time.optional(),
});

export const home = {
  "me.home": operation({
    route: "GET /v1/me/home",
    says: both(
      "sums for a first look: what awaits the caller, the next deadlines, money held and still to come",
      "首页概览：待您处理的事项、临近期限、托管中及待付的款项",
    ),
    who: { may: "user" },
    repeat: "safe",
    input: z.strictObject({ organisation: organisation.optional() }),
    output: z.strictObject({
      /** By status. */
      agreements: z.array(z.strictObject({ status, count: z.int() })),
      /** Most urgent first: the first ten, and how many there are. */
      tasks: z.strictObject({ count: z.int(), items: z.array(task) }),
      deadlines: z.strictObject({ count: z.int(), items: z.array(deadline) }),
      money: z.array(money),
      /** Notices not read. */
      unread: z.int(),
    }),
    errors: [],
  }),
  "task.list": operation({
    route: "GET /v1/tasks",
    says: both("lists what awaits the caller's act, most urgent first", "列出待您操作的事项，紧急者在前"),
    who: { may: "user" },
    repeat: "safe",
    input: z.strictObject({ organisation: organisation.optional(), ...Forms.page }),
    output: Forms.pageOf(task),
    errors: [],
  }),
  "deadline.list": operation({
    route: "GET /v1/deadlines",
    says: both(
      "lists what happens if nobody acts, and when, in all of the caller's agreements, soonest first",
      "列出您所有协议中无人操作时的后果及时间，早者在前",
    ),
    who: { may: "user" },
    repeat: "safe",
    input: z.strictObject({ organisation: organisation.optional(), ...Forms.page }),
    output: Forms.pageOf(deadline),
    errors: [],
  }),
} as const;
