# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034,SC2154
# How scripts/bench runs a client and what it notes. Sourced, never run. Each run adds a line to the figures of line and
# client: "CPU-s wall-s RSS-MiB", or "failed".

patience=1200 # seconds; then a client counts as failed

# The addresses of the line's files, one a line.
addresses()
{
    if [[ ${content[0]} == many ]]; then
        (cd "$work/files" && printf '%s\n' many/*.bin) | sed "s|^|$base/|"
    else
        printf '%s/data.bin\n' "$base"
    fi
}

# command_of CLIENT: sets command, as its users would type it; files go to $work/out. aria2c keeps its default file
# allocation (prealloc), which is also what it is usually run with.
command_of()
{
    local targets=()
    mapfile -t targets < <(addresses)
    case $1-${content[0]} in
    curl-many)
        addresses | sed 's|.*/\(.*\)|url = "&"\noutput = "\1"|' >"$work/list"
        command=(curl -q -sSf --noproxy '*' -Z --parallel-max "$at_once" --output-dir "$work/out" -K "$work/list")
        ;;
    curl-*) command=(curl -q -sSf --noproxy '*' -o "$work/out/data.bin" "${targets[0]}") ;;
    aria2c-many)
        addresses >"$work/list"
        command=(aria2c --no-conf -q -j "$at_once" -d "$work/out" -i "$work/list")
        ;;
    aria2c-*)
        command=(aria2c --no-conf -q -x "$connections" -s "$connections" -k "$piece" -d "$work/out" "${targets[0]}")
        ;;
    axel-*) command=(axel -q -n "$connections" -o "$work/out/data.bin" "${targets[0]}") ;;
    dd-*) command=(dd status=none bs=256K "if=$work/files/${targets[0]#"$base"/}" "of=$work/out/${targets[0]##*/}") ;;
    longhaul-*)
        command=("$program" get --state-dir "$work/state" -d "$work/out" -q -x "$connections"
            --max-downloads "$at_once" "${targets[@]}")
        ;;
    esac
}

# is_right CLIENT: what is there now is what was served. Byte by byte in the first round.
is_right()
{
    if [[ ${content[0]} == many ]]; then
        if ((round == 1)); then
            diff -rq "$work/files/many" "$work/out" >&2 || return 1
        fi
        [[ $(find "$work/out" -type f | wc -l) == "${content[1]}" ]] && { [[ $1 != longhaul ]] || is_recorded; }
    elif ((round == 1)); then
        cmp "$work/files/data.bin" "$work/out/data.bin"
    else
        [[ $(stat -c %s "$work/out/data.bin") == $((content[1] * 1024 * 1024)) ]]
    fi
}

# Longhaul's store knows all files as complete.
is_recorded()
{
    local count
    count=$("$program" list --state-dir "$work/state" --json | grep -c '"state":"completed"') || true
    [[ $count == "${content[1]}" ]] || { say "only $count are recorded" && return 1; }
}

# measure CLIENT FIGURES: adds a line to the file FIGURES.
measure()
{
    local command=() said
    rm -rf "$work/out" "$work/state"
    mkdir "$work/out"
    command_of "$1"
    if timeout -k 5 "$patience" "${around[@]}" /usr/bin/time -q -f '%U %S %e %M' -o "$work/time" "${command[@]}" \
        </dev/null >"$work/output" 2>&1 && is_right "$1"; then
        awk '{ printf "%.2f %.2f %.1f\n", $1 + $2, $3, $4 / 1024 }' "$work/time" >>"$2"
        said=$(awk 'END { print $1 " CPU s, " $2 " s, " $3 " MiB" }' "$2")
    else
        echo failed >>"$2"
        said="failed: $(tr '\n' ' ' <"$work/output" | head -c 300)"
    fi
    rm -rf "$work/out" "$work/state"
    say "  $(printf '%-9s' "$1") $said"
}

figures_of() { printf '%s/figures/%s.%s' "$work" "$line" "$1"; }

run_clients()
{
    local client
    make_content
    start_server
    for ((round = 1; round <= rounds; ++round)); do
        say "Round $round of $rounds"
        for client in "${clients[@]}"; do
            measure "$client" "$(figures_of "$client")"
        done
    done
}

run_window()
{
    need $((20 * 256 / shrink))
    for ((round = 1; round <= rounds; ++round)); do
        say "Round $round of $rounds"
        # On standard error: the same in words, and the stacks of who blocked.
        TMPDIR=$work QT_QPA_PLATFORM=offscreen "$bench_window" --downloads 20 --size $((256 / shrink)) --laps 4 \
            >"$work/window" 2>"$work/output" || { cat "$work/output" >&2 && die "a download of the window failed"; }
        grep -A 2 'MiB/s$' "$work/output" >&2
        awk '{ value[$1] = $2 } END { print value["worst"], value["percentile"], value["rate"], value["ratio"] }' \
            "$work/window" >>"$(figures_of window)"
    done
}

median() { sort -n | awk '{ v[NR] = $1 } END { print NR ? (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 : "-" }'; }
largest() { sort -n | tail -n 1; }

# column FIGURES N: the N-th figures of all rounds that did not fail
column() { { grep -v failed "$1" || true; } | cut -d' ' -f"$2"; }

# ratios FIGURES OTHER N: of all rounds in which neither failed
ratios()
{
    paste -d'|' "$1" "$2" | { grep -v failed || true; } | awk -F'|' -v n="$3" '{
        split($1, one, " "); split($2, other, " ")
        print one[n] / (other[n] > 0 ? other[n] : 0.01) }'
}

# value FIGURE BASE: as in `wants`, the median; "-" when there is none
value()
{
    local n mine
    mine=$(figures_of longhaul)
    [[ -e $mine ]] || { echo - && return; }
    case $1 in
    cpu) n=1 ;;
    wall) n=2 ;;
    rss) n=3 ;;
    failed) grep -c failed "$mine" || true && return ;;
    esac
    case $2 in
    -) column "$mine" "$n" | median ;;
    ideal) column "$mine" "$n" | awk -v ideal="$ideal" '{ print $1 / ideal }' | median ;;
    *) [[ -e $(figures_of "$2") ]] && ratios "$mine" "$(figures_of "$2")" "$n" | median || echo - ;;
    esac
}
