/** Six contracts that the reader met unseen on 2026-11-22 (precision 0.979, recall 0.811), and was mended since. */
import type { Contract } from "../Score.ts";
import { bilingual } from "./Both.ts";
import { chinese } from "./Chinese.ts";
import { english } from "./English.ts";

export const contracts: readonly Contract[] = [...chinese, ...english, ...bilingual];
