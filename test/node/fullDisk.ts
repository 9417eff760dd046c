// Loaded into a node before all else: a disk that is full while the file of `COMMENDA_TEST_FULL` is there, in the folder
// that is written in it. What lies there can be read, removed and overwritten; nothing grows. It needs no right to mount.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const sign = process.env.COMMENDA_TEST_FULL ?? "";
const { fstatSync, open, openSync, statfsSync, write, writeSync } = fs;
const paths = new Map<number, string>();

const isFull = (path: string): boolean => fs.existsSync(sign) && path.startsWith(fs.readFileSync(sign, "utf8"));

/** Of a write of so many bytes, at the end where no position is given. */
function grows(file: number, bytes: number, position: unknown): boolean {
  const path = paths.get(file);
  if (path === undefined || !isFull(path)) return false;
  return typeof position !== "number" || position + bytes > fstatSync(file).size;
}

const full = () => Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", errno: -28 });

fs.openSync = (path, ...rest) => {
  const file = openSync(path, ...rest);
  paths.set(file, String(path));
  return file;
};
fs.open = ((path: fs.PathLike, ...rest: unknown[]) => {
  const done = rest.pop() as (error: Error | null, file: number) => void;
  const opened = (error: Error | null, file: number) => {
    if (!error) paths.set(file, String(path));
    done(error, file);
  };
  (open as (...args: unknown[]) => void)(path, ...rest, opened);
}) as typeof fs.open;
fs.writeSync = ((file: number, bytes: Uint8Array, offset: number, length: number, position: unknown) => {
  if (grows(file, length ?? bytes.length, position)) throw full();
  return writeSync(file, bytes, offset, length, position as number);
}) as typeof fs.writeSync;
fs.write = ((file: number, bytes: Uint8Array, offset: number, length: number, position: unknown, done: Done) => {
  if (grows(file, length, position)) queueMicrotask(() => done(full()));
  else write(file, bytes, offset, length, position as number, done as never);
}) as typeof fs.write;
fs.statfsSync = ((path: string) =>
  isFull(path) ? { ...statfsSync(path), bavail: 0 } : statfsSync(path)) as typeof fs.statfsSync;
syncBuiltinESMExports();

type Done = (error: Error | null) => void;
