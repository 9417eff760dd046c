/**
 * A container engine, by configuration only: podman, or what takes its options. What is in the room is the image's, save
 * Node and the places of the run; a filter of system calls comes from the engine.
 */
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { SandboxFailed } from "../Errors.ts";
import { type Engine, PATH } from "./Engine.ts";

/** The program, and the image that it makes rooms of; either is enough to choose it. */
export const VARIABLES = ["COMMENDA_CONTAINER", "COMMENDA_CONTAINER_IMAGE"] as const;
/** Where the engine finds its own settings and images. */
export const SETTINGS = [
  ...["HOME", "TMPDIR", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "DBUS_SESSION_BUS_ADDRESS"],
  ...["CONTAINERS_CONF", "CONTAINERS_STORAGE_CONF"],
] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** MB beside what a command may use: what builds the room. */
const BUILDING = 64;
/** Processes that do. */
const BUILDERS = 4;
/** Of the account before it enters; more than any room holds. */
const ACCOUNT = 4_096;

/** Descriptors 0 to 2 go in as 4 to 6: no copy of what is printed passes the engine or its log. */
const OUTSIDE = 'exec "$0" "$@" 4<&0 5>&1 6>&2 </dev/null >&2';
/**
 * Process 1 waits, so that whatever loses its parent is buried; with it all ends. A user namespace of the run's own counts
 * its processes apart from whoever else has that number, and no further one can be made in it.
 */
const INSIDE = `exec <&4 >&5 2>&6 4<&- 5>&- 6>&-
time=$1; shift
timeout -s KILL "$time" unshare --user --map-user=1000 --map-group=1000 --keep-caps -- /bin/sh -euc '
  echo 0 >/proc/sys/user/max_user_namespaces
  exec setpriv --no-new-privs --inh-caps=-all --ambient-caps=-all --bounding-set=-all -- /bin/sh /opt/commenda/enter.sh "$@"
' sh "$@"
exit $?`;

/** What is configured, if anything is. */
export function container(env: Environment = process.env): Engine | undefined {
  const { COMMENDA_CONTAINER: program = "", COMMENDA_CONTAINER_IMAGE: image = "" } = env;
  if (program === "" && image === "") return undefined;
  return engine(program || "podman", image, {
    PATH: env.PATH ?? PATH,
    ...Object.fromEntries(SETTINGS.flatMap((name) => (env[name] ? [[name, env[name]]] : []))),
  });
}

function engine(program: string, image: string, env: Record<string, string>): Engine {
  const name = `${basename(program)} ${image}`.trim();
  return {
    ...{ name, confined: true, configured: true },
    command({ folder, tools, places, disk, memory, processes, time, enter }) {
      if (image === "") throw new SandboxFailed(name, "COMMENDA_CONTAINER_IMAGE names no image");
      const mounts = [...tools.map(([tool, file]) => [`/opt/bin/${tool}`, file] as const), ...places];
      const most = `${memory + 2 * disk + BUILDING}m`;
      const writable = `rw,nosuid,nodev,exec,notmpcopyup,size=${disk}m,mode=1777`;
      const args = [
        // What it warns of is not the command's to say.
        ...["--log-level", "error", "run", "--preserve-fds", "4", "--rm", "--name", basename(folder)],
        ...["--pidfile", join(folder, "pid"), "--timeout", String(time)],
        ...["--pull", "never", "--log-driver", "none", "--interactive=false"],
        ...["--network", "none", "--ipc", "private", "--pid", "private", "--hostname", "commenda"],
        ...["--read-only", "--read-only-tmpfs=false", "--image-volume", "ignore", "--shm-size", "1m"],
        ...["--cap-drop", "all", "--security-opt", "no-new-privileges", "--security-opt", "label=disable"],
        // What is written there is the kernel's to refuse: without rights, all but the limits of an own namespace.
        ...["--security-opt", "unmask=/proc/sys"],
        ...["--pids-limit", String(processes + BUILDERS), "--memory", most, "--memory-swap", most],
        ...["--ulimit", "nofile=1024:1024", "--ulimit", `nproc=${ACCOUNT}:${ACCOUNT}`, "--ulimit", "core=0:0"],
        ...["--tmpfs", `/job:${writable}`, "--tmpfs", `/tmp:${writable}`],
        ...mounts.flatMap(([place, source]) => ["--mount", mount(source, place)]),
        ...["--user", "1000:1000", "--workdir", "/job", "--entrypoint", "/bin/sh", image],
        ...["-c", INSIDE, "sh", String(time), ...enter],
      ];
      return { file: "/bin/sh", args: ["-c", OUTSIDE, program, ...args], env };
    },
    first(folder) {
      try {
        return Number(readFileSync(join(folder, "pid"), "latin1")) || undefined;
      } catch {
        // It is not there yet.
        return undefined;
      }
    },
    ending: (folder) => ({ file: program, args: ["rm", "--force", "--time", "0", "--ignore", basename(folder)], env }),
  };
}

/** A field of CSV, as `--mount` takes it. */
const field = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const mount = (source: string, place: string) =>
  ["type=bind", `src=${source}`, `dst=${place}`, "ro=true"].map(field).join(",");
