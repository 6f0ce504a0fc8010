#!/usr/bin/env bash
# Import of the module against an empty binary module, each in a fresh PowerShell, in turns; medians in milliseconds.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
pwsh=${PWSH:-$(command -v pwsh)} || { echo "bench/import: no PowerShell, nothing to measure" >&2; exit 0; }
exec "$pwsh" -NoProfile -NonInteractive -File bench/import/measure.ps1 "$@"
