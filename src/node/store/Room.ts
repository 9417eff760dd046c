/**
 * Room on the disk. A PostgreSQL that cannot write its log ends in the middle of what it does, so the store in process
 * stops writing while there is still some left: reading goes on, and so does everything once there is room.
 */
import { statfsSync } from "node:fs";
import { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";

/** Bytes that are left alone: for what was begun, and for the log. */
const RESERVE = 32 * 1024 * 1024;

/** Whether so many bytes more can be kept in the folder. */
export function has(folder: string, bytes = 0): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= RESERVE + bytes;
}

export const none = (): Problem.Problem =>
  new Problem.Problem(
    "store-down",
    InputError.both(
      "The node's disk is full. Nothing was changed by this request. Ask again with the same Idempotency-Key when the operator has made room.",
      "节点磁盘已满。此请求未作任何更改。请待运营者腾出空间后，以相同的 Idempotency-Key 重试。",
    ),
  );

/** Milliseconds between two looks. */
const EVERY = 250;

export type Room = {
  /** Whether there is some now. */
  look(): boolean;
  close(): void;
};

/** Looks now and then, and whenever it is asked; tells when there is none any more, or some again. */
export function open(folder: string, tell: (hasRoom: boolean) => void): Room {
  let before = true;
  const look = () => {
    const now = has(folder);
    if (now !== before) tell(now);
    before = now;
    return now;
  };
  const timer = setInterval(look, EVERY);
  timer.unref();
  return { look, close: () => clearInterval(timer) };
}
