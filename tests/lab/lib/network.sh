# shellcheck shell=bash
# Bridges. Each engine gets one of 64 blocks of the benchmark range 198.18.0.0/15: a /22 for its bridge, a /22 for user networks.

block_base() { local third=$(( $1 * 8 )); echo "198.$(( 18 + third / 256 )).$(( third % 256 ))"; }
pool_base() { local third=$(( $1 * 8 + 4 )); echo "198.$(( 18 + third / 256 )).$(( third % 256 )).0/22"; }
link_of() { echo "asterlab$1"; }

# Adding a link by name either works or says that it exists: no other lock is needed between labs.
take_block() {
  local block
  for block in {0..63}; do
    if ip link add "$(link_of "$block")" type bridge 2>/dev/null; then
      ip addr add "$(block_base "$block").1/22" dev "$(link_of "$block")"
      ip link set "$(link_of "$block")" up
      echo "$block"
      return
    fi
  done
  die "all 64 blocks of addresses are taken"
}

# The engine's own bridge, and the br-* links that it made for user networks (told apart by their addresses).
drop_block() {
  local link
  while read -r link; do ip link del "$link" 2>/dev/null || true; done < <(
    link_of "$1"
    addresses_of "$1" | awk '{print $2}')
}

# A list that the kernel changed while it was read ("Dump was interrupted and may be inconsistent.") is read again.
addresses_of() {
  local said
  while said=$(ip -o -4 addr show to "$(pool_base "$1")" 2>&1) && [[ $said == *'Dump was interrupted'* ]]; do :; done
  printf '%s\n' "$said"
}
