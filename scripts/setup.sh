# Sourced by quickstart and test: what both need before they can begin. Written for bash 3.2 and later.

say() { printf '\n== %s\n' "$*" >&2; }

die() {
  printf '\nerror: %s\n' "$1" >&2
  shift
  for hint in "$@"; do printf 'hint: %s\n' "$hint" >&2; done
  exit 1
}

need_node() {
  command -v node >/dev/null ||
    die "Node.js is not installed" "get version 20.17 or later from https://nodejs.org/ or your package manager"
  node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 17) ? 0 : 1)' ||
    die "Node.js $(node --version) is too old: 20.17 or later is needed" "get a newer one from https://nodejs.org/"
  command -v npm >/dev/null || die "npm is not installed" "it comes with Node.js from https://nodejs.org/"
}

need_tool_builders() {
  command -v git >/dev/null || die "git is not installed" "get it from https://git-scm.com/ or your package manager"
  command -v python3 >/dev/null ||
    die "Python 3 is not installed" "get it from https://www.python.org/ or your package manager: scanner and emulator need it"
  python3 -c 'import ensurepip, venv' 2>/dev/null ||
    printf 'note: this Python has no venv module (Debian, Ubuntu: apt install python3-venv); its tools may be missing\n' >&2
}

# npm writes node_modules/.package-lock.json last: newer than the lock file, it stands for a finished install.
install_packages() {
  if [ node_modules/.package-lock.json -nt package-lock.json ]; then return; fi
  say "installing packages (npm ci)"
  npm ci --no-audit --no-fund --loglevel=error ||
    die "npm ci did not finish" "its message is above; behind a proxy, set npm's registry and proxy settings"
  touch node_modules/.package-lock.json
}

# A stamp written after the build stands for a finished one.
build() {
  local sources="src handlers issue-log reports package-lock.json tsconfig.json tsconfig.build.json"
  # shellcheck disable=SC2086 # a list of names without spaces
  if [ -f dist/src/bin.js ] && [ -f dist/.built ] && [ -z "$(find $sources -newer dist/.built 2>/dev/null | head -n 1)" ]; then
    return
  fi
  say "building"
  rm -f dist/.built
  npm run --silent build || die "the build did not finish" "its message is above"
  touch dist/.built
}

# A real server for the tests of the shared log. Only where it costs nobody a password: as root, on Debian. Elsewhere
# those tests say why they are skipped.
try_postgres() {
  if command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then return; fi
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then return; fi
  say "PostgreSQL for the tests (apt-get)"
  { apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive timeout 180 apt-get install -y -qq --no-install-recommends postgresql; } >/dev/null 2>&1 ||
    printf 'note: PostgreSQL could not be installed; its tests are skipped\n' >&2
}
