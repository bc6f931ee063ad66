# shellcheck shell=bash
# Builds Kubernetes, CoreDNS, Helm and the pause program from the Go modules that
# e2e/kubernetes names. What is built is kept under a hash of its sources, so any
# clone with the same sources finds it, and changed sources are built anew.

readonly sources=$here/kubernetes
readonly cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/mailservice/kubernetes
readonly kubernetes_commands=(
  kube-apiserver kube-controller-manager kube-scheduler kube-proxy kubelet kubectl
)

build_key=$(
  cd "$sources"
  sha256sum go.mod go.sum main.go coredns/main.go pause/main.go "$here/cluster.d/build.bash" |
    sed 's,/.*/,,' | sha256sum | cut -c1-16
)
readonly build_key
readonly built=$cache/$build_key
readonly programs=$built/bin
readonly images=$built/images

# The build whose programs run, or are about to; another clone may have another.
readonly build_in_use=$dir/build
programs_in_use() { echo "$(<"$build_in_use")/bin"; }
this_build_is_in_use() { [[ -e $build_in_use && $(<"$build_in_use") == "$built" ]]; }

# required_version MODULE: the version that go.mod requires, such as v1.34.2.
required_version() {
  awk -v module="$1" '$1 == module && $2 ~ /^v/ { print $2; exit }' "$sources/go.mod"
}

require_built() {
  [[ -e $built/complete ]] && return
  mkdir -p "$cache"
  local build_lock
  exec {build_lock}>"$cache/lock"
  if ! flock --nonblock "$build_lock"; then
    step 'waiting for a build that somebody else has begun'
    flock "$build_lock"
  fi
  [[ -e $built/complete ]] || build
  exec {build_lock}>&-
}

build() {
  local go log=$cache/$build_key.log scratch=$cache/$build_key.partial
  go=$(find_go)
  step "building Kubernetes $(required_version k8s.io/kubernetes)," \
    "CoreDNS $(required_version github.com/coredns/coredns)" \
    "and Helm $(required_version helm.sh/helm/v3); about 6 minutes the first time, log: $log"
  rm -rf "$scratch"
  mkdir -p "$scratch/bin" "$scratch/images"
  compile "$go" "$scratch/bin/" >"$log" 2>&1 &
  compiler=$!
  trap 'kill "$compiler" 2>/dev/null' EXIT # when interrupted
  report_compilation "$compiler" "$log"
  wait "$compiler" || fail 'the build failed' "$log"
  trap - EXIT
  local name
  for name in "${kubernetes_commands[@]}"; do
    ln -s kubernetes "$scratch/bin/$name"
  done
  for name in pause coredns; do
    write_image "$scratch/bin/$name" "$scratch/images/$name.tar"
  done
  touch "$scratch/complete"
  rm -rf "$built"
  mv "$scratch" "$built"
}

# Prints the path of a Go toolchain that is new enough.
find_go() {
  local wanted found go
  wanted=$(awk '$1 == "go" { print $2 }' "$sources/go.mod")
  go=$(type -P go || echo /usr/local/go/bin/go)
  [[ -x $go ]] || fail "Go $wanted or newer is needed to build Kubernetes, and there is no \`go\` on the PATH"
  found=$(cd / && GOTOOLCHAIN=local "$go" env GOVERSION)
  printf '%s\n%s\n' "$wanted" "${found#go}" | sort --check=quiet --version-sort ||
    fail "Go $wanted or newer is needed to build Kubernetes; $go is ${found#go}"
  echo "$go"
}

# compile GO DIRECTORY: all programs, from modules that go.sum has pinned.
compile() {
  local kubernetes_version helm_version minor flags='-s -w' package
  kubernetes_version=$(required_version k8s.io/kubernetes)
  helm_version=$(required_version helm.sh/helm/v3)
  minor=$(cut -d. -f2 <<<"$kubernetes_version")
  # Kubernetes takes its version from the linker, and the API server misbehaves without.
  for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
    flags+=" -X $package.gitVersion=$kubernetes_version"
    flags+=" -X $package.gitMajor=1 -X $package.gitMinor=$minor"
  done
  # Which Kubernetes Helm takes for granted when it renders without a cluster.
  for package in helm.sh/helm/v3/pkg/chartutil helm.sh/helm/v3/pkg/lint/rules; do
    flags+=" -X $package.k8sVersionMajor=1 -X $package.k8sVersionMinor=$minor"
  done
  flags+=" -X helm.sh/helm/v3/internal/version.version=$helm_version"
  cd "$sources"
  # When this script is interrupted, what the compiler has begun ends a little
  # later, and must not keep others waiting.
  exec {lock}<&- {build_lock}>&-
  exec env CGO_ENABLED=0 GOFLAGS= GOWORK=off "$1" build -v -buildvcs=false -mod=readonly -trimpath \
    -ldflags "$flags" -o "$2" . ./coredns ./pause helm.sh/helm/v3/cmd/helm
}

# A line every half minute for as long as the compiler runs, so that nobody
# takes six minutes of silence for a fault.
report_compilation() {
  local ticks=0
  while kill -0 "$1" 2>/dev/null; do
    sleep 1
    ((++ticks % 30)) || step "  $(grep -c -v '^go: ' "$2" || true) packages compiled"
  done
}

# write_image PROGRAM TAR: an image with nothing but the static program, as
# `docker save` would write it. The node knows it as localhost/NAME:built.
write_image() {
  local name layout layer_digest config_digest
  name=$(basename "$1")
  layout=$(mktemp -d)
  tar_reproducibly "$layout/layer.tar" "$(dirname "$1")" "$name"
  layer_digest=$(sha256sum "$layout/layer.tar" | cut -d' ' -f1)
  cat >"$layout/config.json" <<JSON
{"architecture":"$(image_architecture)","os":"linux",
 "config":{"Entrypoint":["/$name"],"User":"65532:65532"},
 "rootfs":{"type":"layers","diff_ids":["sha256:$layer_digest"]}}
JSON
  config_digest=$(sha256sum "$layout/config.json" | cut -d' ' -f1)
  mv "$layout/config.json" "$layout/$config_digest.json"
  cat >"$layout/manifest.json" <<JSON
[{"Config":"$config_digest.json","RepoTags":["localhost/$name:built"],"Layers":["layer.tar"]}]
JSON
  tar_reproducibly "$2" "$layout" manifest.json "$config_digest.json" layer.tar
  rm -rf "$layout"
}

tar_reproducibly() {
  tar --create --file "$1" --directory "$2" --mtime=@0 --owner=0 --group=0 --numeric-owner \
    --mode=u=rwX,go=rX "${@:3}"
}

# The machine's architecture, in the words of an image's configuration.
image_architecture() {
  case $(uname -m) in
    x86_64) echo amd64 ;;
    aarch64) echo arm64 ;;
    *) uname -m ;;
  esac
}
