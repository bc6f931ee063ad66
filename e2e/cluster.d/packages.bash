# shellcheck shell=bash
# The programs that come from the distribution. Debian's are installed when
# missing; elsewhere the missing ones are named.

# Program and Debian package that has it.
readonly -A package_of=(
  [etcd]=etcd-server
  [containerd]=containerd
  [ctr]=containerd
  [containerd-shim-runc-v2]=containerd
  [runc]=runc
  [nft]=nftables
  [iptables]=iptables
  [ip]=iproute2
  [conntrack]=conntrack
  [socat]=socat
  [openssl]=openssl
  [nsenter]=util-linux
  [mount]=mount
  [ps]=procps
  [sysctl]=procps
)
readonly cni_package=containernetworking-plugins
readonly -a cni_directories=(/usr/lib/cni /opt/cni/bin /usr/libexec/cni)

# Prints the directory of the CNI plugins.
cni_directory() {
  local candidate
  for candidate in "${cni_directories[@]}"; do
    if [[ -x $candidate/ptp && -x $candidate/portmap && -x $candidate/host-local ]]; then
      echo "$candidate"
      return
    fi
  done
  return 1
}

# Prints a line `program package` for each program that is missing.
missing_programs() {
  local program
  for program in "${!package_of[@]}"; do
    type -P "$program" >/dev/null || echo "$program ${package_of[$program]}"
  done | sort
  cni_directory >/dev/null || echo "CNI-plugins $cni_package"
}

require_programs() {
  local missing
  missing=$(missing_programs)
  [[ -n $missing ]] || return 0
  local -a packages
  mapfile -t packages < <(cut -d' ' -f2 <<<"$missing" | sort -u)
  if [[ -e /etc/debian_version ]] && type -P apt-get >/dev/null; then
    install_packages "${packages[@]}"
    missing=$(missing_programs)
  fi
  [[ -z $missing ]] ||
    fail "these programs are missing (in brackets the Debian package that has each): $(
      sed -E 's/^(.*) (.*)$/\1 (\2)/' <<<"$missing" | paste -sd, | sed 's/,/, /g'
    )"
}

install_packages() {
  step "installing Debian packages: $*"
  local log=$logs/apt.log
  if ! apt_install "$@" >"$log" 2>&1; then
    # Most often a list of packages that is older than the archive.
    apt-get update >>"$log" 2>&1 || true
    apt_install "$@" >>"$log" 2>&1 || fail "apt-get could not install: $*" "$log"
  fi
}

# etcd's and containerd's packages start them as services. This cluster starts
# its own and wants no other, so starting is forbidden while they are installed.
apt_install() (
  local policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
  fi
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"
)
