# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034,SC2154
# The line of scripts/bench that shows whether cost grows in line. Sourced, never run. A file of holes is served, so that
# eight GiB fit into memory once. What dd needs to copy it is what the machine asks for so much memory. It goes first: a
# virtual machine may have to get the memory from its host, which whoever is first pays for.

scale_sizes=(100 512 1024 2048 4096 8192)
scale_connections=(1 2 4 8 16)
scale_size=2048 # MiB, for the numbers of connections

# measure_scale MIB CONNECTIONS
measure_scale()
{
    local client
    content=(sparse "$1") connections=$2
    make_content
    for client in "${clients[@]}"; do
        measure "$client" "$(figures_of "$1-$2.$client")"
    done
}

run_scale()
{
    local size count
    content=(many 1 1) server=(nginx)
    make_content
    start_server
    for ((round = 1; round <= rounds; ++round)); do
        say "Round $round of $rounds"
        content=(many 1 1) connections=1
        make_content
        for client in "${clients[@]}"; do
            measure "$client" "$(figures_of "start.$client")"
        done
        for size in "${scale_sizes[@]}"; do
            measure_scale $((size / shrink)) 1
        done
        for count in "${scale_connections[@]:1}"; do
            measure_scale $((scale_size / shrink)) "$count"
        done
    done
}

# per_gib CLIENT MIB CONNECTIONS: median CPU seconds beyond those of the start, for a GiB
per_gib()
{
    local figures
    figures=$(figures_of "$2-$3.$1")
    [[ -e $figures ]] || { echo - && return; }
    paste -d'|' "$figures" "$(figures_of "start.$1")" | { grep -v failed || true; } |
        awk -F'|' -v mib="$2" '{ split($1, one, " "); split($2, start, " ")
            printf "%.3f\n", (one[1] - start[1]) * 1024 / mib }' | median
}

# scale_table TITLE "MIB CONNECTIONS"...
scale_table()
{
    local what client row
    printf '\n| %s | %s |\n|---|%s\n' "$1" "$(printf '%s, CPU s per GiB | ' "${clients[@]}" | sed 's/ | $//')" \
        "$(printf -- '---|%.0s' "${clients[@]}")"
    for what in "${@:2}"; do
        read -r -a row <<<"$what"
        printf '| %s MiB, %s |' "${row[@]}"
        for client in "${clients[@]}"; do
            printf ' %.2f |' "$(per_gib "$client" "${row[@]}")"
        done
        printf '\n'
    done
}

report_scale()
{
    local size count sizes=() counts=()
    for size in "${scale_sizes[@]}"; do
        sizes+=("$((size / shrink)) 1")
    done
    for count in "${scale_connections[@]}"; do
        counts+=("$((scale_size / shrink)) $count")
    done
    heading
    printf 'A file of holes; what one file of 1 KiB costs, the start of the program, is taken off.\n'
    printf 'dd copies it, first: that is what the machine asks for so much memory.\n'
    scale_table 'size, connections' "${sizes[@]}"
    scale_table 'size, connections' "${counts[@]}"
    printf '\n'
}
