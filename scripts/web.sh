# shellcheck shell=bash
# The built web app in web/dist, which the server takes into its binary.
# Sourced, never run; needs toolchain.sh.

WEB_STAMP=web/node_modules/.hathor-built

# Nothing that goes into the build is newer than the last one.
web_is_fresh() {
  [[ -f web/dist/index.html && -f $WEB_STAMP ]] || return 1
  local newer
  newer=$(find web -path web/node_modules -prune -o -path web/dist -prune -o \
    -type f -newer "$WEB_STAMP" -print -quit)
  [[ -z $newer ]]
}

# Write web/dist anew, but only then: a touched file there makes the server compile again.
build_web() {
  web_is_fresh && return
  need_node_modules web
  say "building the web app"
  touch "$WEB_STAMP.begun"
  quietly "$CACHE/log/web-build.log" npm run build --prefix web
  mv "$WEB_STAMP.begun" "$WEB_STAMP"
}
