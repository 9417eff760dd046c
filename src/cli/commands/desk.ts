/** `commenda desk ...`: learns from a history, judges itself, works through feedback, shows and corrects what it did. */
import type { Command } from "../Command.ts";
import { evaluate } from "./desk/evaluate.ts";
import { explain } from "./desk/explain.ts";
import { review } from "./desk/review.ts";
import { run } from "./desk/run.ts";
import { train } from "./desk/train.ts";
import { verify } from "./desk/verify.ts";

export const desk: readonly Command[] = [train, run, evaluate, review, explain, verify];
