# shellcheck shell=bash
# What a person sees: one line a step, and what failed with the end of its log.

readonly begun=$EPOCHREALTIME

# step TEXT...: one line of progress, with the seconds since the start.
step() {
  local microseconds=$((${EPOCHREALTIME/[.,]/} - ${begun/[.,]/}))
  printf '[%4d.%d s] %s\n' $((microseconds / 1000000)) $((microseconds / 100000 % 10)) "$*" >&2
}

# fail MESSAGE [LOG]: ends with the message, and with the end of a log if one tells more.
fail() {
  echo "e2e/cluster: $1" >&2
  if [[ -n ${2:-} && -s ${2:-} ]]; then
    echo "the end of $2:" >&2
    tail -n 20 "$2" | cut -c1-400 | sed 's/^/  | /' >&2
  fi
  exit 1
}

# until_true SECONDS COMMAND...: tries again every 0.1 s; fails when time is up.
until_true() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.1
  done
}
