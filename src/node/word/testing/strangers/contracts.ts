/**
 * Contracts of a third hand: a purchaser's form, a one-page agreement, templates, a letter, two columns. The reader met
 * them unseen once and was mended for the layouts that it missed.
 */
import type { Contract } from "../Score.ts";
import { bilingual } from "./Bilingual.ts";
import { chinese } from "./Chinese.ts";
import { english } from "./English.ts";

export const contracts: readonly Contract[] = [...chinese, ...english, ...bilingual];
