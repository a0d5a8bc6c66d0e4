# shellcheck shell=bash
# Minutes per stage against the written budgets.
# Sourced, never run.

declare -A STAGE_SECONDS=()
STAGES_RUN=()

# Cold means that nothing is compiled yet.
temperature() { [[ -d $CARGO_TARGET_DIR/debug/deps ]] && echo warm || echo cold; }

# Run a command as a stage and remember how long it took, whatever its end.
time_stage() {
  local stage=$1 begun=$SECONDS code=0
  shift
  "$@" || code=$?
  STAGE_SECONDS[$stage]=$((SECONDS - begun))
  STAGES_RUN+=("$stage")
  return "$code"
}

# The table, with a warning for each stage over its budget.
report_stages() {
  local heat=$1 stage spent budget note
  say "minutes per stage ($heat)"
  for stage in "${STAGES_RUN[@]}" total; do
    spent=$(minutes "$(seconds_of "$stage")")
    budget=$(budget_of "$stage" "$heat")
    note=
    ! over "$spent" "$budget" || note="  over its budget"
    printf '   %-8s %6s of %4s%s\n' "$stage" "$spent" "$budget" "$note" >&2
  done
}

# Fails when the whole run took longer than it may.
total_within_budget() {
  ! over "$(minutes "$(seconds_of total)")" "$(budget_of total "$1")"
}

seconds_of() {
  local stage sum=0
  [[ $1 == total ]] || { echo "${STAGE_SECONDS[$1]}" && return; }
  for stage in "${STAGES_RUN[@]}"; do ((sum += STAGE_SECONDS[$stage])) || true; done
  echo "$sum"
}

budget_of() { awk -v stage="$1" -v heat="$2" '$1 == stage { print heat == "cold" ? $2 : $3 }' scripts/budgets; }

minutes() { awk -v s="$1" 'BEGIN { printf "%.1f", s / 60 }'; }

over() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a > b) }'; }
