#!/usr/bin/env bash
# What the action runs: each line of PATHS, RETRACTIONS and OPTIONS is one argument. The exit status is that of the check.
set -euo pipefail

arguments=()
add() { # add OPTION LINES: each line that is not empty, behind the option if there is one
  local line
  while IFS= read -r line; do
    line=${line%$'\r'}
    [ -z "$line" ] || arguments+=(${1:+"$1"} "$line")
  done <<<"$2"
}
add --retractions "$RETRACTIONS"
add "" "${OPTIONS:-}"
arguments+=(--)
add "" "${PATHS:-.}"

if [ -n "${SARIF:-}" ]; then
  watermark check --format sarif "${arguments[@]}" >"$SARIF" || [ "$?" -eq 1 ]
fi
watermark check --format github "${arguments[@]}"
