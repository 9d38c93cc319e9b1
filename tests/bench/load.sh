# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034,SC2154
# What scripts/bench serves, and from where. Sourced, never run. A line's `content` is one of
#   random MIB        one file, data.bin
#   sparse MIB        the same of holes, that needs no memory
#   many COUNT KIB    a folder of files of random bytes, many/00001.bin and so on
# and its `server` one of
#   nginx | tls | delayed MILLISECONDS | benchserver OPTIONS...

# need MIB: there is room for so much and a little more.
need()
{
    local needed=$(($1 + 256)) room ram
    room=$(df --output=avail -BM "$memory" | tail -n 1 | tr -dc 0-9)
    ram=$(awk '/^MemAvailable/ { print int($2 / 1024) }' /proc/meminfo)
    ((ram >= room)) || room=$ram
    ((room >= needed)) || die "$title: needs $needed MiB in $memory; room and free memory are $room"
}

made=''

# Makes the line's content, unless it is what the last line had.
make_content()
{
    [[ $made != "${content[*]}" ]] || return 0
    rm -rf "$work/files"
    mkdir "$work/files"
    made=${content[*]}
    case ${content[0]} in
    random)
        need $((2 * content[1]))
        head -c "${content[1]}M" /dev/urandom >"$work/files/data.bin"
        ;;
    sparse)
        need "${content[1]}"
        truncate -s "${content[1]}M" "$work/files/data.bin"
        ;;
    many)
        need $((2 * content[1] * content[2] / 1024))
        mkdir "$work/files/many"
        head -c "$((content[1] * content[2]))K" /dev/urandom |
            (cd "$work/files/many" && split -b "${content[2]}K" -d -a 5 --additional-suffix=.bin - '')
        ;;
    esac
}

# run_server PROGRAM ARGUMENTS...: one that says its port, which is set.
run_server()
{
    : >"$work/port"
    "$@" </dev/null >"$work/port" 2>"$work/server.log" &
    servers+=($!)
    until read -r port <"$work/port" 2>/dev/null; do
        kill -0 "${servers[-1]}" 2>/dev/null || { cat "$work/server.log" >&2 && die "${1##*/} did not start"; }
        sleep 0.02
    done
}

stop_servers()
{
    local pid
    for pid in "${servers[@]}"; do
        kill -KILL "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    servers=()
}

# A certificate for loopback, and a folder like /etc/ssl/certs that trusts it.
make_certificate()
{
    [[ ! -d $work/trust ]] || return 0
    mkdir "$work/trust"
    quietly "$work/openssl.log" openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj '/CN=127.0.0.1' \
        -addext 'subjectAltName=IP:127.0.0.1' -keyout "$work/key.pem" -out "$work/trust/ca-certificates.crt"
    cp "$work/trust/ca-certificates.crt" "$work/trust/loopback.pem"
    quietly "$work/openssl.log" openssl rehash "$work/trust"
}

# Sets port and tls_port.
start_nginx()
{
    local status secure
    make_certificate
    mkdir -p "$work/nginx"
    for _ in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 12000)) tls_port=$((20000 + RANDOM % 12000))
        secure="listen 127.0.0.1:$tls_port ssl; ssl_certificate $work/trust/loopback.pem;"
        secure+=" ssl_certificate_key $work/key.pem;"
        sed "s|@DIR@|$work/nginx|; s|@FILES@|$work/files|; s|listen .*@PORT@;|& $secure|; s|@PORT@|$port|" \
            "$root/tests/system/nginx.conf.in" >"$work/nginx/nginx.conf"
        "$(nginx_program)" -p "$work/nginx" -e "$work/nginx/error.log" -c "$work/nginx/nginx.conf" </dev/null &
        servers+=($!)
        while kill -0 "${servers[-1]}" 2>/dev/null; do
            status=$(curl -qsf --noproxy '*' "http://127.0.0.1:$port/status") || true
            [[ $status != Active* ]] || return 0
            sleep 0.05
        done
    done
    cat "$work/nginx/error.log" >&2
    die "nginx did not start"
}

# Starts the line's server and sets base, the address of its files, and around, what each client is run by.
start_server()
{
    stop_servers
    around=()
    case ${server[0]} in
    nginx)
        start_nginx
        base=http://127.0.0.1:$port/files
        ;;
    delayed)
        start_nginx
        run_server "$delayproxy" "$port" "${server[1]}"
        base=http://127.0.0.1:$port/files
        ;;
    tls)
        start_nginx
        base=https://127.0.0.1:$tls_port/files
        trust_certificate
        ;;
    benchserver)
        run_server "$benchserver" "${server[@]:1}" "$work/files"
        base=http://127.0.0.1:$port
        ;;
    esac
}

# All clients alike: in a mount namespace of their own, where the system trusts our certificate alone.
trust_certificate()
{
    # shellcheck disable=SC2016 # for the shell inside
    around=(unshare --map-root-user --mount sh -c 'mount --bind "$0" /etc/ssl/certs && exec "$@"' "$work/trust")
    "${around[@]}" true || die "TLS is measured in a mount namespace, which this system does not allow"
}
