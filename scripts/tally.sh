# shellcheck shell=bash
# Counting tests: every runner says in its own words how many passed.
# Sourced, never run.

# Read logs and print "PASSED FAILED", summed over cargo test, Vitest, node --test and Playwright.
count_tests() {
  sed 's/\x1b\[[0-9;]*m//g' "$@" | awk '
    function number_before(word) {
      return match($0, "[0-9]+ " word) ? substr($0, RSTART) + 0 : 0
    }
    /^test result: / || /^ *Tests  / || /^ +[0-9]+ (passed|failed)( \(.*\))?$/ {
      passed += number_before("passed"); failed += number_before("failed")
    }
    /^(#|ℹ) pass [0-9]+$/ { passed += $3 }
    /^(#|ℹ) fail [0-9]+$/ { failed += $3 }
    END { print passed + 0, failed + 0 }
  '
}
