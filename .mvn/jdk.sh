# Sourced by every launcher of this project (mvnw, demo, smtpd, ...): sets JAVA_HOME to a JDK that
# can build and run it, so that an older `java` on the PATH does not matter.
#
# Order: JAVA_HOME, the `java` on the PATH, then the places where packages and tools install JDKs.
# The first JDK of the wanted release or newer wins; the exact release is preferred to a newer one.

wanted_java=25

java_release() { # DIR -> its feature release, 0 if DIR holds no JDK
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || { echo 0; return; }
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" | grep . || echo 0
}

find_jdk() {
  newer=
  # A service of systemd may have none.
  home=${HOME:-/nonexistent}
  on_path=$(command -v javac 2>/dev/null) && on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  # mvnw runs with file name expansion off.
  case $- in *f*) set +f; had_f=1 ;; *) had_f= ;; esac
  for jdk in "${JAVA_HOME:-/nonexistent}" "${on_path:-/nonexistent}" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    "$home"/.sdkman/candidates/java/* "$home"/.jdks/* "$home"/.local/share/mise/installs/java/* \
    "$home"/.asdf/installs/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    release=$(java_release "$jdk")
    if [ "$release" -eq "$wanted_java" ]; then newer=$jdk; break; fi
    if [ "$release" -gt "$wanted_java" ] && [ -z "$newer" ]; then newer=$jdk; fi
  done
  [ -z "$had_f" ] || set -f
  [ -n "$newer" ] && JAVA_HOME=$newer && export JAVA_HOME
}

if ! find_jdk; then
  echo "JDK $wanted_java is needed and none was found: install one (for example Eclipse Temurin $wanted_java) or set JAVA_HOME to it." >&2
  exit 1
fi
unset newer home on_path jdk release had_f
