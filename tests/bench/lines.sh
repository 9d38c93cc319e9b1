# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034,SC2154
# The lines of scripts/bench. Sourced, never run. A line sets
#   title                     what is measured, in words
#   content KIND N [N]        what is served: see load.sh
#   server NAME [OPTIONS]     from where: see load.sh
#   connections, at_once      for each file; files at once
#   clients                   who can do it
#   piece                     aria2c's -k: the least piece of a file for one connection
#   ideal                     seconds, where the server's rate sets them
#   wants FIGURE BASE LIMIT   what Longhaul is to reach: cpu, wall or rss, at most LIMIT times what BASE needs (a client, or
#                             "ideal"; "-": LIMIT itself); "failed - 0": all rounds must complete

lines=(one eight tls-one tls-four steady slow-lines slow-part two-allowed small-files latency window scale)

line_rate=$((10 * 1024 * 1024)) # bytes per second of one connection, where it is limited

# choose_line NAME
choose_line()
{
    title='' server=() content=() connections=1 at_once=3 clients=() ideal='' piece=1M wanted=()
    run_line=run_clients report_line=report_clients
    "line_${1//-/_}"
    local client kept=()
    for client in "${clients[@]}"; do
        ! in_list "$client" "$wanted_clients" || kept+=("$client")
    done
    clients=("${kept[@]}")
}

wants() { wanted+=("$*"); }

# seconds MIB LINES: how long so many MiB take over as many lines of line_rate
seconds() { awk -v mib="$1" -v lines="$2" 'BEGIN { printf "%.2f", mib / (lines * 10) }'; }

line_one()
{
    title="$((4096 / shrink)) MiB, 1 connection"
    content=(random $((4096 / shrink)))
    server=(nginx)
    clients=(curl aria2c axel longhaul)
    wants cpu aria2c 0.75
    wants wall curl 0.8
    wants rss - 64
}

line_eight()
{
    title="$((4096 / shrink)) MiB, 8 connections"
    content=(random $((4096 / shrink)))
    server=(nginx)
    connections=8
    clients=(aria2c axel longhaul)
    wants cpu aria2c 0.75
    wants wall aria2c 0.9
}

over_tls()
{
    title="$((1024 / shrink)) MiB over TLS, $1 connection(s)"
    content=(random $((1024 / shrink)))
    server=(tls)
    connections=$1
    wants cpu aria2c 0.9
}

# Without axel, which finds no certificate for loopback good.
line_tls_one() { over_tls 1 && clients=(curl aria2c longhaul); }
line_tls_four() { over_tls 4 && clients=(aria2c longhaul); }

# sixteen MIB WORDS OPTIONS...: 16 connections of 10 MiB/s each
sixteen()
{
    title="$(($1 / shrink)) MiB, 16 connections of 10 MiB/s$2"
    content=(random $(($1 / shrink)))
    server=(benchserver --rate "$line_rate" "${@:3}")
    connections=16
    clients=(aria2c axel longhaul)
    ideal=$(seconds $(($1 / shrink)) 16)
}

line_steady() { sixteen 1024 '' && wants wall ideal 1.05; }
# The ideal is that of the line before: as if none were slow.
line_slow_lines() { sixteen 1024 ', every eighth at a twentieth of it' --slow-every 8 && wants wall ideal 1.25; }

# Each who asks gets a twentieth. aria2c cuts by its default, into pieces of 20 MiB: as it is usually run.
line_slow_part()
{
    sixteen 512 ', ranges that begin in one sixteenth of the file at a twentieth of it' --slow-part 6
    piece=20M
    wants wall aria2c 0.2
}

line_two_allowed()
{
    title="$((256 / shrink)) MiB, 16 connections wanted, the server allows 2 of 10 MiB/s (503 to others)"
    content=(random $((256 / shrink)))
    server=(benchserver --rate "$line_rate" --at-once 2)
    connections=16
    clients=(aria2c axel longhaul)
    ideal=$(seconds $((256 / shrink)) 2)
    wants failed - 0
    wants wall ideal 1.1
}

line_small_files()
{
    title="$((5000 / shrink)) files of 10 KiB, 16 at once, all recorded in the store"
    content=(many $((5000 / shrink)) 10)
    server=(nginx)
    at_once=16
    clients=(curl aria2c longhaul)
    wants failed - 0
    wants wall aria2c 1.2
}

line_latency()
{
    title="$((200 / shrink)) files of 1 MiB, 8 at once, each request delayed by 100 ms"
    content=(many $((200 / shrink)) 1024)
    server=(delayed 100)
    at_once=8
    clients=(curl aria2c longhaul)
    wants wall aria2c 1.1
}

line_window()
{
    title="20 downloads of $((1024 / shrink)) MiB side by side with the window open"
    run_line=run_window report_line=report_window
}

line_scale()
{
    title='CPU per GiB, whatever the size and the number of connections'
    run_line=run_scale report_line=report_scale
    clients=(dd longhaul aria2c)
}
