#!/bin/sh
# A client's walk through the REST binding of EPCIS with curl: what is there, capture, query, page by page, named query, subscription.
#   walk.sh ORIGIN TOKEN      ORIGIN: such as http://127.0.0.1:8080; TOKEN: of an account that may capture and trace everything
# Says each step; ends with 1 at the first answer that is not as it should be.
set -eu
base="$1/epcis/v2"
token="$2"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=$(date +%s)$$

# ask METHOD PATH WANTED-STATUS [curl words]: body in $work/body, headers in $work/head
ask() {
  method=$1 path=$2 wanted=$3
  shift 3
  case $path in http*) url=$path ;; *) url=$base$path ;; esac
  status=$(curl -sS -X "$method" -H "Authorization: Bearer $token" -o "$work/body" -D "$work/head" -w '%{http_code}' "$@" "$url")
  if [ "$status" != "$wanted" ]; then
    echo "$method $path: $status instead of $wanted" >&2
    cat "$work/body" >&2
    exit 1
  fi
  echo "$method $path: $status"
}
header() { tr -d '\r' <"$work/head" | sed -n "s/^$1: //Ip" | head -n 1; }
has() { grep -q -e "$1" "$work/body" || { echo "no $1 in the answer:" >&2; cat "$work/body" >&2; exit 1; }; }
equal() { [ "$1" = "$2" ] || { echo "'$1' instead of '$2'" >&2; exit 1; }; }

event() { # number, step
  printf '{"type":"ObjectEvent","eventID":"urn:walk:%s-%s","eventTime":"2013-10-01T08:00:00.000+08:00","eventTimeZoneOffset":"+08:00",' "$n" "$1"
  printf '"epcList":["urn:epc:id:sgtin:4012345.011111.%s%s"],"action":"OBSERVE","bizStep":"%s","readPoint":{"id":"urn:epc:id:sgln:4012345.00011.0"}}' "$n" "$1" "$2"
}
context='"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"'
document() { printf '{%s,"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2013-10-02T00:00:00Z","epcisBody":{"eventList":[%s]}}' "$context" "$1"; }

# What is there, and what is spoken.
ask GET / 200
has '"eventTypes"'
for path in / /capture /events /eventTypes /epcs /bizSteps /bizLocations /readPoints /dispositions /queries; do
  ask OPTIONS $path 204
  [ -n "$(header Allow)" ] && equal "$(header GS1-EPCIS-Version)" 2.0.0
done
ask OPTIONS /capture 204
equal "$(header GS1-Capture-Error-Behaviour)" all

# Capture a document, look at the job, find the events.
document "$(event 1 commissioning),$(event 2 shipping),$(event 3 shipping)" >"$work/document"
ask POST /capture 202 -H 'Content-Type: application/json' --data-binary "@$work/document"
job=$(header Location)
ask GET "$job" 200
has '"running":false' && has '"success":true' && has '"captured":3'
ask GET /capture 200
ask GET "/events?EQ_eventID=urn:walk:$n-2" 200
has "urn:walk:$n-2" && has '"EPCISQueryDocument"'
ask GET "/events/urn:walk:$n-3" 200
ask GET "/epcs/urn:epc:id:sgtin:4012345.011111.${n}2/events" 200
has "urn:walk:$n-2"
ask GET /bizSteps/shipping 200
has '"events"'
ask GET /eventTypes 200
has '"TransformationEvent"'

# The same in XML, captured again: nothing new.
ask GET "/events?EQ_eventID=urn:walk:$n-1" 200 -H 'Accept: application/xml' -H 'GS1-EPC-Format: Always_EPC_URN'
has 'EPCISQueryDocument' && has "urn:epc:id:sgtin:4012345.011111.${n}1"
cp "$work/body" "$work/xml"
ask POST /capture 202 -H 'Content-Type: application/xml' --data-binary "@$work/xml"
ask GET "$(header Location)" 200
has '"alreadyThere":1'

# One event; again; under the same identifier another.
printf '{%s,%s' "$context" "$(event 4 storing | cut -c2-)" >"$work/one"
ask POST /events 201 -H 'Content-Type: application/json' --data-binary "@$work/one"
ask GET "$(header Location)" 200
ask POST /events 409 -H 'Content-Type: application/json' --data-binary "@$work/one"
has 'epcisException:ResourceAlreadyExistsException'

# Page by page to the end.
ask GET "/readPoints/urn:epc:id:sgln:4012345.00011.0/events?perPage=1&EQ_bizStep=shipping" 200
pages=1
while link=$(header Link) && [ -n "$link" ] && [ $pages -lt 1000 ]; do
  next=${link#<}
  ask GET "${next%%>*}" 200
  pages=$((pages + 1))
done
[ $pages -ge 2 ] || { echo "one page" >&2; exit 1; }

# A named query with a subscription.
ask POST /queries 201 -H 'Content-Type: application/json' --data "{\"name\":\"walk-$n\",\"query\":{\"EQ_bizStep\":[\"shipping\"]}}"
ask POST /queries 409 -H 'Content-Type: application/json' --data "{\"name\":\"walk-$n\",\"query\":{}}"
ask GET "/queries/walk-$n/events" 200
has "urn:walk:$n-3"
ask POST "/queries/walk-$n/subscriptions" 201 -H 'Content-Type: application/json' \
  --data '{"dest":"https://client.example.com/callback","signatureToken":"secret","schedule":{"hour":"1","minute":"5"}}'
subscription=$(header Location)
ask GET "$subscription" 200
has '"schedule"'
ask DELETE "$subscription" 204
ask DELETE "/queries/walk-$n" 204
ask GET "/queries/walk-$n" 404

# What is wrong is said.
ask GET '/events?EQ_nothing=1' 400
has 'epcisException:QueryParameterException'
ask GET /events 406 -H 'Accept: text/csv'
ask POST /capture 415 -H 'Content-Type: text/csv' --data x
ask POST /capture 400 -H 'Content-Type: application/json' --data '{'
has 'epcisException:ValidationException'
ask DELETE /nextPageToken/none 204
echo "walked"
