#!/bin/sh
# The import's peer: PostgreSQL's COPY into a table that holds the same constraints as `sampling.batch`.
#
#   copy_postgres.sh tune URL            once: memory and WAL sized for a bulk load, restart
#   copy_postgres.sh table URL [REGIONS [digits]]
#                                        an empty table; with REGIONS (codes, one a line) each region must be in the list,
#                                        with `digits` the check digits of GTIN and credit code must be right
#   copy_postgres.sh copy URL FILE.csv   the measured step: one COPY, one transaction; prints the server process's processor seconds
#
# What the table checks: required fields, lengths, code lists, the form of GTIN-13 and of the social credit code, the
# four rules between fields, and the natural key; if asked also regions and check digits. What it does not check, and Zhiheng does:
# whether a region was valid on its day. It stores no hash and no proof. fsync, synchronous_commit and full_page_writes stay on.
set -eu
step=$1 url=$2
sql() { psql "$url" --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 "$@"; }

case $step in
tune)
  for setting in "shared_buffers = '2GB'" "max_wal_size = '16GB'" "checkpoint_timeout = '30min'" "wal_buffers = '64MB'" \
    "maintenance_work_mem = '512MB'"; do
    sql -c "ALTER SYSTEM SET $setting"
  done
  data=$(sql -c "SHOW data_directory")
  bin=$(dirname "$(readlink "/proc/$(head -n 1 "$data/postmaster.pid")/exe")")
  if [ "$(id -u)" = 0 ]; then as="setpriv --reuid=postgres --regid=postgres --clear-groups --"; else as=; fi
  cd / && $as "$bin/pg_ctl" -D "$data" -w -s -l "$data/../log" restart >/dev/null
  ;;
table)
  sql <<'SQL'
DROP TABLE IF EXISTS batch;
CREATE TABLE batch (
  task          varchar(40) NOT NULL,
  sample_no     varchar(40) NOT NULL,
  level         text        NOT NULL CHECK (level IN ('national', 'province', 'city', 'county')),
  sampled_on    date        NOT NULL CHECK (sampled_on BETWEEN '1949-10-01' AND '2100-12-31'),
  sampled_in    bigint      NOT NULL CHECK (sampled_in BETWEEN 110000000000 AND 829999999999),
  link          text        NOT NULL CHECK (link IN ('production', 'circulation', 'online')),
  product       text        NOT NULL CHECK (product ~ '^[0-9]{13}$'),
  producer      text                 CHECK (producer ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
  producer_name varchar(80),
  seller_name   varchar(80),
  size          text                 CHECK (size IN ('micro', 'small', 'medium', 'large')),
  industry      text                 CHECK (industry ~ '^([A-T]|C(1[3-9]|[23][0-9]|4[0-3])|D4[4-6])$'),
  conclusion    text        NOT NULL CHECK (conclusion IN ('conform', 'nonconform', 'pending')),
  failed_items  varchar(60),
  CHECK (conclusion <> 'nonconform' OR failed_items IS NOT NULL),
  CHECK (conclusion <> 'conform' OR failed_items IS NULL),
  CHECK (producer IS NOT NULL OR producer_name IS NOT NULL),
  CHECK (link = 'production' OR seller_name IS NOT NULL),
  UNIQUE (task, sample_no)
);
SQL
  if [ $# -gt 2 ]; then
    sql -c "DROP TABLE IF EXISTS region" -c "CREATE TABLE region (code bigint PRIMARY KEY)"
    sql -c "\\copy region FROM '$3'"
    sql -c "ALTER TABLE batch ADD FOREIGN KEY (sampled_in) REFERENCES region" -c "ANALYZE region"
  fi
  if [ "${4:-}" = digits ]; then
    # GB 32100: sum of values times 3^i mod 31; GTIN: weights 1 and 3. Written out, so that no function is called.
    uscc=0 weight=1
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17; do
      uscc="$uscc + $weight * (strpos('0123456789ABCDEFGHJKLMNPQRTUWXY', substr(producer, $i, 1)) - 1)"
      weight=$((weight * 3 % 31))
    done
    gtin=0
    for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
      gtin="$gtin + $((i % 2 == 0 ? 3 : 1)) * substr(product, $i, 1)::int"
    done
    sql -c "ALTER TABLE batch
      ADD CHECK ((31 - ($uscc) % 31) % 31 = strpos('0123456789ABCDEFGHJKLMNPQRTUWXY', substr(producer, 18, 1)) - 1),
      ADD CHECK ((10 - ($gtin) % 10) % 10 = substr(product, 13, 1)::int)"
  fi
  sql -c "CHECKPOINT"
  ;;
copy)
  # COPY first, then the same connection reads what the kernel charged to its server process.
  sql -c "\\copy batch FROM '$3' WITH (FORMAT csv, HEADER)" \
    -c "SELECT round((split_part(stat, ' ', 14)::numeric + split_part(stat, ' ', 15)::numeric) / 100, 2)
        FROM (SELECT regexp_replace(pg_read_file('/proc/self/stat'), '\\(.*\\)', 'name') AS stat) AS own"
  ;;
*)
  echo "unknown step $step" >&2
  exit 2
  ;;
esac
