#!/bin/bash
# shellcheck disable=SC2016 # maintainer scripts of the packages expand there, not here
# Inside an instance: a package repository below /srv/repo, since the lab's containers reach none.
#   first    lab-tool 1.0 and lab-web 1.0 are installed; lab-tool 2.0 and, for security, a newer libpcre2 (which nginx, PHP and MariaDB use) wait
#   broken   lab-web 2.0 waits, whose installation ruins nginx.conf, leaves a file in /etc and stops nginx
#   slow     lab-tool 3.0 waits, whose installation takes twenty seconds
set -e
repo=/srv/repo
mkdir -p $repo
# deb NAME VERSION SUITE [POSTINST]: a package with the files below ./tree
deb() {
  local name=$1 version=$2 suite=$3 build
  build=$(mktemp -d)
  mkdir -p "$build/DEBIAN" "$repo/pool/$suite"
  cp -a tree/. "$build/"
  printf 'Package: %s\nVersion: %s\nArchitecture: all\nMaintainer: lab <lab@example.invalid>\nDescription: a package of the lab\n' "$name" "$version" > "$build/DEBIAN/control"
  if [ -d tree/etc ]; then (cd tree; find etc -type f | sed 's,^,/,') > "$build/DEBIAN/conffiles"; fi
  if [ -n "$4" ]; then printf '#!/bin/sh\n%s\n' "$4" > "$build/DEBIAN/postinst"; chmod 0755 "$build/DEBIAN/postinst"; fi
  dpkg-deb --root-owner-group -b "$build" "$repo/pool/$suite/${name}_$version.deb" >/dev/null
  rm -r "$build"
}
# again NAME VERSION SUITE: an installed package once more, under a higher version
again() {
  local build
  build=$(mktemp -d)
  mkdir -p "$build/DEBIAN" "$repo/pool/$3"
  dpkg-query -L "$1" | while IFS= read -r f; do if [ -f "$f" ] || [ -L "$f" ]; then [ -d "$f" ] || { mkdir -p "$build/$(dirname "$f")"; cp -a "$f" "$build/$f"; }; fi; done
  dpkg-query -s "$1" | sed -e '/^Status:/d;/^Conffiles:/,/^[^ ]/{/^Conffiles:/d;/^ /d}' -e "s/^Version:.*/Version: $2/" > "$build/DEBIAN/control"
  dpkg-deb -b "$build" "$repo/pool/$3/$(basename "$1")_$2.deb" >/dev/null
  rm -r "$build"
}
index() {
  local suite deb
  for suite in stable stable-security; do
    mkdir -p "$repo/dists/$suite/main/binary-amd64" "$repo/pool/$suite"
    ( cd $repo
      for deb in pool/"$suite"/*.deb; do
        [ -e "$deb" ] || continue
        dpkg-deb -f "$deb"
        printf 'Filename: %s\nSize: %s\nSHA256: %s\n\n' "$deb" "$(stat -c %s "$deb")" "$(sha256sum "$deb" | cut -d ' ' -f 1)"
      done > dists/$suite/main/binary-amd64/Packages
      cd dists/$suite
      f=main/binary-amd64/Packages
      printf 'Origin: Lab\nLabel: Lab\nSuite: %s\nCodename: %s\nArchitectures: amd64\nComponents: main\nDate: Mon, 23 Nov 2026 00:00:00 UTC\nSHA256:\n %s %s %s\n' \
        $suite $suite "$(sha256sum $f | cut -d ' ' -f 1)" "$(stat -c %s $f)" $f > Release )
  done
  printf 'deb [trusted=yes] file:%s stable main\ndeb [trusted=yes] file:%s stable-security main\n' $repo $repo > /etc/apt/sources.list
}
cd "$(mktemp -d)"
mkdir -p tree/etc tree/usr/share
case $1 in
  first)
    mkdir tree/usr/share/lab-web
    echo one > tree/usr/share/lab-web/version
    deb lab-web 1.0 old
    mv tree/usr/share/lab-web tree/usr/share/lab-tool
    echo gone > tree/usr/share/lab-tool/only-one
    echo 'setting = 1' > tree/etc/lab-tool.conf
    deb lab-tool 1.0 old
    dpkg -i $repo/pool/old/*.deb >/dev/null
    rm -r $repo/pool/old tree/usr/share/lab-tool/only-one
    echo new > tree/usr/share/lab-tool/only-two
    echo two > tree/usr/share/lab-tool/version
    deb lab-tool 2.0 stable
    again libpcre2-8-0 99.1 stable-security ;;
  broken)
    mkdir tree/usr/share/lab-web
    echo two > tree/usr/share/lab-web/version
    deb lab-web 2.0 stable 'sed -i s/listen/lissen/ /etc/nginx/nginx.conf; touch /etc/left-by-lab-web; kill $(cat /var/run/nginx.pid)' ;;
  slow)
    mkdir tree/usr/share/lab-tool
    echo three > tree/usr/share/lab-tool/version
    deb lab-tool 3.0 stable 'echo > /etc/slow-began; sleep 20' ;;
esac
index
