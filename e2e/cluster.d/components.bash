# shellcheck shell=bash
# Starting, watching and ending the programs that the cluster consists of. A
# component has one name, which is that of its control group and of its log.

# In the order in which they are ended: who starts things goes first.
readonly -a components=(
  kubelet kube-proxy kube-scheduler kube-controller-manager kube-apiserver etcd containerd
)

log_of() { echo "$logs/$1.log"; }

# The first process of a component, whose id is recorded. The others in its group
# may outlive it, as containerd's shims do, and are then none of the component.
first_process() { cat "$dir/pid/$1" 2>/dev/null; }

is_running() {
  local pid
  pid=$(first_process "$1") && is_member "$pid" "components/$1"
}

# What surrounds a command that speaks to the cluster: no proxy, since no route
# leads to one, and no cache that would stay in the user's home.
readonly -a cluster_environment=(
  env -u http_proxy -u https_proxy -u all_proxy -u HTTP_PROXY -u HTTPS_PROXY -u ALL_PROXY
  KUBECACHEDIR="$dir/kubectl-cache"
)

# start NAME COMMAND...: in the cluster's namespaces, detached from this
# terminal, unless it runs already.
start() {
  local name=$1
  shift
  is_running "$name" && return
  # What outlived the first process would be in the way of the next one. Only
  # containerd's shims are to be found again.
  [[ $name == containerd ]] || kill_members "components/$name"
  (
    join_group "components/$name"
    # Neither the lock nor the caller's pipes may stay open as long as a component lives.
    exec {lock}<&- </dev/null >>"$(log_of "$name")" 2>&1
    ulimit -n "$(ulimit -Hn)"
    export TMPDIR=$dir/tmp
    cd /
    exec "${cluster_environment[@]}" setsid \
      nsenter --net="$net_namespace" --mount="$mount_namespace" -- "$@"
  ) &
  echo "$!" >"$dir/pid/$name"
  disown
  until_true 5 is_running "$name" || fail "$name could not be started" "$(log_of "$name")"
}

# await NAME SECONDS WHAT COMMAND...: until the command succeeds, which shows
# that WHAT has happened. Ends with NAME's log if it dies, or when time is up.
await() {
  local name=$1 seconds=$2 what=$3
  shift 3
  local deadline=$((SECONDS + seconds))
  until "$@" >/dev/null 2>&1; do
    is_running "$name" || fail "$name has ended before $what" "$(log_of "$name")"
    ((SECONDS < deadline)) || fail "$what: not within $seconds s" "$(log_of "$name")"
    sleep 0.1
  done
  step "$what"
}
