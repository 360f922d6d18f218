#!/bin/sh
# run.sh SOURCES FOLDER COMMAND NAME PAGE: one of the tests, in FOLDER; the page was built in PAGE. 77 says skipped.
set -eu
sources=$1 folder=$2 command=$3 name=$4 page=$5
skip() {
    echo "skipped: $1"
    exit 77
}
node=$(command -v node || command -v nodejs) || skip "there is no Node.js (apt-get install nodejs npm)"
command -v npm >/dev/null || skip "there is no npm (apt-get install npm)"
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
    skip "there is no Chromium (apt-get install chromium)"
[ "$name" != print ] || command -v pdftotext >/dev/null || skip "there is no pdftotext (apt-get install poppler-utils)"
"$command" list reports | grep -q '^html .*not built into' && skip "the web report is not built into this program"

mkdir -p "$folder"
if [ "$name" = prepare ]; then
    # Modules are looked for beside the file that asks for them, so the tests run beside their packages.
    for file in "$sources"/*.mjs "$sources/package.json" "$sources/package-lock.json" "$sources/.npmrc"; do cp "$file" "$folder/"; done
    stamp="$folder/node_modules/.$(sha256sum "$sources/package-lock.json" | cut -c1-64)"
    if [ ! -e "$stamp" ]; then
        (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error) || skip "npm could not fetch the packages of these tests"
        touch "$stamp"
    fi
fi
[ -d "$folder/node_modules/playwright-core" ] || skip "the packages of these tests are not there"
CASEAUDIT="$command" CHROMIUM="$chromium" BROWSER_FOLDER="$folder" PAGE_FOLDER="$page" \
    exec "$node" --test "$folder/$name.test.mjs"
