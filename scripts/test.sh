#!/usr/bin/env bash
# The whole suite, stage by stage, or only the stages named:
#   test.sh                    everything, against the budgets
#   test.sh setup build rust   these, in this order
# The first stage that fails ends the run. The last line says how many tests passed and failed.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/services.sh
source scripts/tally.sh
source scripts/timing.sh

ALL_STAGES=(setup build lint rust web browser faults bench)
COUNTED_STAGES=(rust web browser faults)
LOGS=$(mktemp -d -t hathor-test.XXXXXX)
FAILED_STAGE=
STAGE_GROUP=

# A stage is a process group of its own: all that it started ends with it.
clean_up() {
  [[ -z $STAGE_GROUP ]] || kill -TERM -- "-$STAGE_GROUP" 2>/dev/null || true
  stop_services
  rm -rf "$LOGS"
}

trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

main() {
  local heat stages=("$@")
  heat=$(temperature)
  ((${#stages[@]})) || stages=("${ALL_STAGES[@]}")
  run_stages "${stages[@]}" || true
  report_stages "$heat"
  (($#)) || [[ -n $FAILED_STAGE ]] || total_within_budget "$heat" || FAILED_STAGE=budget
  [[ -z $FAILED_STAGE ]] || warn "failed at: $FAILED_STAGE"
  report_tests
  [[ -z $FAILED_STAGE ]]
}

run_stages() {
  local stage
  for stage in "$@"; do
    say "stage: $stage"
    ! needs_services "$stage" || start_services
    time_stage "$stage" run_stage "$stage" || {
      FAILED_STAGE=$stage
      return 1
    }
  done
}

needs_services() { [[ $1 =~ ^(rust|browser|faults|bench)$ ]]; }

run_stage() {
  local code=0
  set -m
  { scripts/stage.sh "$1" </dev/null 2>&1 | tee "$LOGS/$1.log"; } &
  STAGE_GROUP=$!
  set +m
  wait "$STAGE_GROUP" || code=$?
  STAGE_GROUP=
  return "$code"
}

# A stage that fails without a failed test, such as lint, still counts as one failure.
report_tests() {
  local passed failed stage logs=()
  for stage in "${COUNTED_STAGES[@]}"; do
    [[ ! -f $LOGS/$stage.log ]] || logs+=("$LOGS/$stage.log")
  done
  read -r passed failed < <(count_tests "${logs[@]:-/dev/null}")
  [[ -z $FAILED_STAGE ]] || ((failed > 0)) || failed=1
  echo "$passed passed, $failed failed" | tee "${HATHOR_TEST_REPORT:-/dev/null}"
}

main "$@"
