# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034,SC2154
# What scripts/bench found, in words: a section of Markdown for each line, and all of them as RESULTS.md. Sourced, never
# run.

version_of_longhaul()
{
    printf '%s (%s)' "$("$program" --version | sed 's/^longhaul //')" \
        "$(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo 'no commit')"
}

heading()
{
    printf '### %s: %s\n\nLonghaul %s, %s, %s round(s).\n\n' "$line" "$title" "$(version_of_longhaul)" \
        "$(date -u +%F)" "$rounds"
}

# number FORMAT VALUE: "-" stays what it is
number()
{
    # shellcheck disable=SC2059 # that is what it is for
    if [[ $2 == - ]]; then printf '%s' -; else printf "$1" "$2"; fi
}

# row_of CLIENT
row_of()
{
    local mine other failures
    mine=$(figures_of longhaul) other=$(figures_of "$1")
    failures=$(grep -c failed "$other" || true)
    printf '| %s | %s | %s | %s |' "$1$( ((failures == 0)) || echo " (failed in $failures)")" \
        "$(number %.2f "$(column "$other" 1 | median)")" "$(number %.2f "$(column "$other" 2 | median)")" \
        "$(number %.0f "$(column "$other" 3 | median)")"
    if [[ $1 == longhaul || ! -e $mine ]]; then
        printf ' | |\n'
    else
        printf ' %s | %s |\n' "$(number %.2f "$(ratios "$mine" "$other" 1 | median)")" \
            "$(number %.2f "$(ratios "$mine" "$other" 2 | median)")"
    fi
}

report_clients()
{
    local client
    heading
    [[ -z $ideal ]] || printf 'The ideal is %s s.\n\n' "$ideal"
    printf '| | CPU s | wall s | peak RSS, MiB | CPU of Longhaul / its | wall of Longhaul / its |\n'
    printf -- '|---|---|---|---|---|---|\n'
    for client in "${clients[@]}"; do
        row_of "$client"
    done
    printf '\n'
    said_targets
}

report_window()
{
    local figures
    figures=$(figures_of window)
    heading
    printf 'Twenty places at once, %s MiB each, four times over: what is finished is deleted, so that it fits into' \
        $((256 / shrink))
    printf ' memory.\nThe connections are shared out by the manager; the window is drawn offscreen.\n\n'
    printf '| the event loop is blocked, ms at most | 99.9 %% of the time below, ms | MiB/s | rate / one download alone |\n'
    printf -- '|---|---|---|---|\n| %s | %s | %s | %s |\n\n' "$(column "$figures" 1 | largest)" \
        "$(column "$figures" 2 | median)" "$(column "$figures" 3 | median)" "$(column "$figures" 4 | median)"
    said_targets
}

# row_of_target FIGURE VALUE COMPARISON LIMIT: "title|figure|value|limit|verdict"
row_of_target()
{
    awk -v title="$title" -v figure="$1" -v value="$2" -v how="$3" -v limit="$4" 'BEGIN {
        isMet = value != "-" && (how == "<=" ? value + 0 <= limit + 0 : value + 0 >= limit + 0)
        if (value != "-") value = sprintf(value == int(value) ? "%d" : "%.2f", value)
        printf "%s|%s|%s|%s %s|%s\n", title, figure, value, how, limit, isMet ? "reached" : "NOT REACHED" }'
}

# The line's figures against what they are to reach.
targets()
{
    local one want words
    if [[ $line == window ]]; then
        row_of_target 'the event loop blocked, ms' "$(column "$(figures_of window)" 1 | largest)" '<=' 50
        row_of_target 'rate / one download alone' "$(column "$(figures_of window)" 4 | median)" '>=' 0.9
    fi
    for one in "${wanted[@]}"; do
        read -r -a want <<<"$one"
        case ${want[0]} in
        cpu) words=CPU ;;
        rss) words='peak RSS, MiB' ;;
        failed) words='rounds that failed' ;;
        *) words=${want[0]} ;;
        esac
        [[ ${want[1]} == - ]] || words+=" / ${want[1]}"
        row_of_target "$words" "$(value "${want[0]}" "${want[1]}")" '<=' "${want[2]}"
    done
}

said_targets() { targets | awk -F'|' '{ print "- " $2 ": " $3 ", to reach " $4 ": " $5 }' && printf '\n'; }

version_of_package()
{
    dpkg-query -W -f '${Version}' "$1" 2>/dev/null || echo unknown
}

machine()
{
    local package
    printf -- '- %s, %s cores, %s GiB of memory\n' "$(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -n 1)" \
        "$(nproc)" "$(awk '/^MemTotal/ { printf "%.0f", $2 / 1024 / 1024 }' /proc/meminfo)"
    printf -- '- Linux %s\n' "$(uname -r)"
    printf -- '- Qt %s' "$(version_of_package libqt6core6)"
    for package in curl aria2 axel nginx; do
        printf ', %s %s' "$package" "$(version_of_package "$package")"
    done
    printf '\n'
}

# All of RESULTS.md, from what is in the record.
write_results()
{
    local name
    printf '# What Longhaul costs\n\n'
    # shellcheck disable=SC2016 # Markdown
    printf 'Written by `scripts/bench --write` on %s. All over loopback and in memory; medians of the ratios within a\n' \
        "$(date -u +%F)"
    printf 'round, in which the programs took turns; CPU is user and system time.\n\n'
    machine
    printf '\n| work | figure | measured | to reach | |\n|---|---|---|---|---|\n'
    for name in "${lines[@]}"; do
        [[ ! -e $record/$name.targets ]] || sed 's/^/| /; s/|/ | /2g; s/$/ |/' "$record/$name.targets"
    done
    printf '\n## Each line\n\n'
    for name in "${lines[@]}"; do
        [[ ! -e $record/$name.md ]] || cat "$record/$name.md"
    done | sed '$d'
}
