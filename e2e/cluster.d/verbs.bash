# shellcheck shell=bash
# What a user asks for: up, down, status, kubeconfig, load, run.

# Starts what does not run and waits until the cluster is of use. Any part of it
# may have been done before, or have been lost in a crash.
cluster_up() {
  require_root
  umask 022 # pods of any user read what the node keeps for them
  claim_directory
  lock_directory || fail "$dir has been removed meanwhile"
  touch "$marker"
  mkdir -p "$logs" "$dir/tmp" "$dir/pid"
  if this_build_is_in_use && is_complete && is_healthy; then
    step "the cluster is up; kubeconfig: $kubeconfig"
    return
  fi
  require_programs
  require_built
  end_programs_of_another_build
  make_control_groups
  make_namespaces
  make_certificates
  write_resolver_configuration
  step 'namespaces and certificates are made'
  start_etcd
  start_containerd
  await etcd 20 'etcd listens' etcd_listens
  start_api_server
  await containerd 20 'containerd answers' containerd_answers
  load_own_images
  await kube-apiserver 120 'the API server is ready' api_is_ready
  start_controllers
  start_scheduler
  start_kubelet
  start_kube_proxy
  apply_dns
  await kubelet 60 'the node is Ready' node_is_ready
  await kube-scheduler 60 'a pod runs' probe_pod_runs
  await kube-proxy 60 'cluster DNS answers' dns_answers
  step "the cluster is up; kubeconfig: $kubeconfig"
}

# Ends everything and removes it; what has been built stays. It needs no more
# than the directory's name, so it works after any crash, or if the directory's
# content is lost.
cluster_down() {
  require_root
  if [[ ! -e $dir && ! -e $membership ]]; then
    step "no cluster in $dir"
    return
  fi
  [[ ! -e $dir ]] || is_made || refuse "$dir was not made by e2e/cluster"
  lock_directory || true # no directory, nobody else is at work on it
  local name
  end_members 5 commands
  end_members 5 components/kubelet
  kill_members kubepods
  for name in "${components[@]}"; do
    signal_members TERM "components/$name"
  done
  end_members 5
  step 'all processes have ended'
  remove_namespaces
  remove_control_groups
  ! grep -q -F " $dir/" /proc/self/mountinfo || fail "something is still mounted below $dir"
  rm -rf --one-file-system "$dir"
  step 'the cluster is removed'
}

cluster_status() {
  require_root
  local name verdict=down
  if is_complete; then
    is_healthy && verdict=up || verdict='not healthy'
  elif ! has_no_members; then
    verdict='partly up'
  fi
  printf '%-24s %s\n' cluster "$verdict" directory "$dir"
  if [[ $verdict == down ]]; then
    return 1
  fi
  for name in "${components[@]}"; do
    printf '%-24s %s\n' "$name" "$(describe_component "$name")"
  done
  printf '%-24s %s\n' node "$(describe_node)" \
    images "$(list_images 2>/dev/null | paste -sd' ')" kubeconfig "$kubeconfig" logs "$logs"
  [[ $verdict == up ]]
}

describe_component() {
  if is_running "$1"; then
    ps -o 'pid=,etime=,rss=' -p "$(first_process "$1")" |
      awk '{ printf "pid %s, for %s, %d MiB\n", $1, $2, $3 / 1024 }'
  else
    echo "does not run; log: $(log_of "$1")"
  fi
}

describe_node() {
  administer get node "$node_name" --no-headers 2>/dev/null |
    awk '{ print $2 ", " $5 }' | grep . || echo unknown
}

cluster_kubeconfig() {
  [[ -e $kubeconfig ]] || fail "no cluster in $dir: run e2e/cluster up"
  echo "$kubeconfig"
}

cluster_load() {
  require_root
  require_up
  local tar
  for tar; do
    [[ -f $tar && -r $tar ]] || fail "no such image tar: $tar"
  done
  import_images "$@" || fail 'the images could not be loaded; wanted are tars as docker save writes them'
}

# The command belongs to the cluster from here on: `down` ends it.
cluster_run() {
  require_root
  require_up
  join_group commands
  ulimit -n "$(ulimit -Hn)"
  PATH=$(programs_in_use):$PATH
  export PATH KUBECONFIG=$kubeconfig
  exec "${cluster_environment[@]}" "${in_cluster_network[@]}" "$@"
}

require_up() { is_complete || fail "no cluster runs in $dir: run e2e/cluster up"; }

is_complete() {
  local name
  namespaces_exist || return
  for name in "${components[@]}"; do
    is_running "$name" || return
  done
}

is_healthy() {
  api_is_ready && node_is_ready && dns_answers
} >/dev/null 2>&1

# Programs of two builds are not to be mixed: all are started again from this one.
end_programs_of_another_build() {
  local name
  if [[ -e $build_in_use ]] && ! this_build_is_in_use; then
    step 'ending what was started from another build'
    for name in kubelet kube-proxy kube-scheduler kube-controller-manager kube-apiserver; do
      end_members 3 "components/$name"
    done
  fi
  echo "$built" >"$build_in_use"
}
