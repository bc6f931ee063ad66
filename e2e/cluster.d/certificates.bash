# shellcheck shell=bash
# The cluster's certificate authorities, and a certificate and a kubeconfig for
# everyone who speaks to the API server.

readonly pki=$dir/pki
readonly kubeconfigs=$dir/kubeconfigs
readonly -a certificate_days=(-days 3650)
readonly -a elliptic=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)

make_certificates() {
  [[ -e $pki/complete ]] && return
  mkdir -p -m 0700 "$pki" "$kubeconfigs"
  make_authority ca
  make_authority front-proxy-ca
  openssl_quietly genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$pki/service-account.key"
  openssl_quietly pkey -in "$pki/service-account.key" -pubout -out "$pki/service-account.pub"

  make_server_certificate kube-apiserver "DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,\
DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.$cluster_domain,\
IP:127.0.0.1,IP:$api_service_address,IP:$(node_address)"
  make_server_certificate kubelet-server "DNS:$node_name,IP:$(node_address)"

  make_client_certificate front-proxy-ca front-proxy-client /CN=front-proxy-client
  make_client_certificate ca kube-apiserver-kubelet-client /O=system:masters/CN=kube-apiserver-kubelet-client
  make_user admin /O=system:masters/CN=admin
  make_user kube-controller-manager /CN=system:kube-controller-manager
  make_user kube-scheduler /CN=system:kube-scheduler
  make_user kube-proxy /CN=system:kube-proxy
  make_user kubelet "/O=system:nodes/CN=system:node:$node_name"
  install -m 0600 "$kubeconfigs/admin" "$kubeconfig"
  touch "$pki/complete"
}

openssl_quietly() {
  local log
  log=$(log_of certificates)
  openssl "$@" >>"$log" 2>&1 || fail 'a certificate could not be made' "$log"
}

# sign NAME SUBJECT OPTION...: a key and a certificate, without the machine's openssl.cnf.
sign() {
  openssl_quietly req -x509 -new "${elliptic[@]}" "${certificate_days[@]}" \
    -config <(printf '[req]\ndistinguished_name=dn\n[dn]\n') \
    -keyout "$pki/$1.key" -out "$pki/$1.crt" -subj "$2" "${@:3}"
}

make_authority() {
  sign "$1" "/CN=mailservice-$1" -addext basicConstraints=critical,CA:TRUE \
    -addext keyUsage=critical,keyCertSign,cRLSign,digitalSignature
}

# make_certificate AUTHORITY NAME SUBJECT USAGE OPTION...
make_certificate() {
  sign "$2" "$3" -CA "$pki/$1.crt" -CAkey "$pki/$1.key" \
    -addext basicConstraints=critical,CA:FALSE -addext keyUsage=critical,digitalSignature \
    -addext "extendedKeyUsage=$4" "${@:5}"
}

make_server_certificate() {
  make_certificate ca "$1" "/CN=$1" serverAuth -addext "subjectAltName=$2"
}

make_client_certificate() {
  make_certificate "$1" "$2" "$3" clientAuth
}

# make_user NAME SUBJECT: a client certificate, and a kubeconfig that contains it.
make_user() {
  make_client_certificate ca "$1" "$2"
  cat >"$kubeconfigs/$1" <<YAML
apiVersion: v1
kind: Config
clusters:
  - name: mailservice
    cluster:
      server: https://$(node_address):6443
      certificate-authority-data: $(base64 -w0 "$pki/ca.crt")
users:
  - name: $1
    user:
      client-certificate-data: $(base64 -w0 "$pki/$1.crt")
      client-key-data: $(base64 -w0 "$pki/$1.key")
contexts:
  - name: mailservice
    context: {cluster: mailservice, user: $1}
current-context: mailservice
YAML
}
