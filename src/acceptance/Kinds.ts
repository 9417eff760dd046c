/** The kinds of suites there are. A new one is a file in `kinds/` and a row here. */
import type { Kind } from "./Kind.ts";
import { command } from "./kinds/Command.ts";
import { data } from "./kinds/Data.ts";
import { manual } from "./kinds/Manual.ts";
import { model } from "./kinds/Model.ts";
import { service } from "./kinds/Service.ts";
import { site } from "./kinds/Site.ts";

// biome-ignore lint/suspicious/noExplicitAny: each kind has a body of its own, which its schema has parsed.
export const ALL: readonly Kind<any>[] = [command, model, data, service, site, manual];

// biome-ignore lint/suspicious/noExplicitAny: as above.
export const named = (name: string): Kind<any> | undefined => ALL.find((kind) => kind.name === name);
