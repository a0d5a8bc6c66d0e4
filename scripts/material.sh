# shellcheck shell=bash
# Real music for the tests: the soundtrack of The Battle for Wesnoth (GPL-2+), from Debian.
# It is unpacked into the cache folder, never installed, and stays there between runs.
# Sourced, never run.

export HATHOR_TEST_MATERIAL=$CACHE/material

need_album() {
  local album=$HATHOR_TEST_MATERIAL/album
  [[ -f $album/.complete ]] && return
  local package
  package=$(album_package)
  [[ -n $package ]] || { refresh_package_lists && package=$(album_package); }
  [[ -n $package ]] || die "Debian offers no wesnoth music package: check the package sources"
  say "fetching a real album for the tests: $package (about 150 MB, once)"
  unpack_album "$package" "$album"
}

album_package() {
  apt-cache search --names-only '^wesnoth-1\.[0-9]+-music$' | cut -d' ' -f1 | sort -V | tail -n 1
}

# Unpacked beside its final place and moved there whole: an interrupted run leaves nothing half.
unpack_album() {
  local package=$1 album=$2 part=$2.part
  rm -rf "$part" "$album"
  mkdir -p "$part"
  (cd "$part" && apt-get -o APT::Sandbox::User=root download -q "$package" >&2)
  dpkg-deb --fsys-tarfile "$part"/*.deb |
    tar -x -C "$part" --wildcards '*/core/music/*.ogg' --transform 's,.*/,,'
  rm "$part"/*.deb
  touch "$part/.complete"
  mv "$part" "$album"
}
