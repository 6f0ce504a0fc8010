# shellcheck shell=bash
# Compiles everything and lays out the module.

build_module() {
  mkdir -p "$OUT"
  say "building"
  dotnet restore Asterisell.PowerShell.sln --locked-mode --verbosity quiet
  dotnet build Asterisell.PowerShell.sln --configuration Release --no-restore --verbosity quiet
  [[ -f $OUT/Asterisell/Asterisell.psd1 ]] || die "the build left no module in out/Asterisell"
  echo "module: out/Asterisell"
}
