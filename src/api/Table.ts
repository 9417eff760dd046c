/** All that a node can be asked. */

import type * as z from "zod";
import type { Operation } from "./Operation.ts";
import { acceptances } from "./operations/acceptance.ts";
import { acts } from "./operations/acts.ts";
import { agreements } from "./operations/agreements.ts";
import { briefs } from "./operations/briefs.ts";
import { counts } from "./operations/counts.ts";
import { desks } from "./operations/desks.ts";
import { evidence } from "./operations/evidence.ts";
import { home } from "./operations/home.ts";
import { manifests } from "./operations/manifests.ts";
import { organisations } from "./operations/organisations.ts";
import { papers } from "./operations/papers.ts";
import { persons } from "./operations/persons.ts";
import { providers } from "./operations/providers.ts";
import { system } from "./operations/system.ts";
import { tickets } from "./operations/tickets.ts";

export const table = {
  ...home,
  ...agreements,
  ...acts,
  ...evidence,
  ...manifests,
  ...acceptances,
  ...organisations,
  ...papers,
  ...providers,
  ...briefs,
  ...persons,
  ...system,
  ...desks,
  ...tickets,
  ...counts,
} as const;

export type Table = typeof table;
export type Name = keyof Table;
/** What a handler is given: checked, with defaults filled in. */
export type Input<N extends Name> = z.output<Table[N]["input"]>;
/** What it answers. */
export type Output<N extends Name> = z.input<Table[N]["output"]>;

export const NAMES = Object.keys(table) as readonly Name[];
export const isName = (name: string): name is Name => Object.hasOwn(table, name);
export const rowOf = (name: Name): Operation => table[name];
