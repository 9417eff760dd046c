# In the room, without rights: unpacks the delivery, runs the command, hands back the files asked for. Arguments:
#   PROCESSES CPU DATA     limits: processes at once, seconds of a processor, bytes of memory of each process
#   COUNT FILE...          files of the delivery that are handed back on descriptor 3 as `SIZE NAME`, newline, content
#   COUNT TAR...           archives unpacked into /job/work (with C_JOB, under that folder), one over the other
#   COMMAND...             with `NAME=VALUE` words before it: its environment
# Descriptor 3 says `ready TIME` when all is set up and `done TIME` (nanoseconds) when the command has ended, which does
# not get it.
umask 022
processes=$1 cpu=$2 data=$3
shift 3
set -e
job=${C_JOB:-/job}
mkdir -p "$job/work" "$job/tmp" "$job/home" "$job/shm"
cd "$job/work"
files=$1
shift
names=''
while [ "$files" -gt 0 ]; do
  names="$names$1
"
  shift
  files=$((files - 1))
done
tars=$1
shift
while [ "$tars" -gt 0 ]; do
  tar --extract --file="$1" --no-same-owner --same-permissions --directory="$job/work"
  shift
  tars=$((tars - 1))
done
if [ -d /deps/node_modules ] && [ ! -e node_modules ]; then ln -s /deps/node_modules node_modules; fi
echo 1000 >/proc/self/oom_score_adj 2>/dev/null || true
echo "ready $(date +%s%N)" >&3
set +e
prlimit --nproc="$processes" --cpu="$cpu" --data="$data" --core=0 --nofile=1024 --memlock=0 -- env -i "$@" 3>&-
code=$?
echo "done $(date +%s%N)" >&3
printf '%s' "$names" | while IFS= read -r name; do
  if [ -f "$name" ] && [ ! -L "$name" ]; then
    size=$(wc -c <"$name")
    printf '%s %s\n' "$size" "$name" >&3
    head -c "$size" "$name" >&3
  fi
done
exit $code
