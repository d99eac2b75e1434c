#!/bin/sh
# One interview by curl: upload a resume, start, answer, get the result.
#
#   make run                                          # in another terminal
#   TOKEN=$(.venv/bin/python -m cli token) sh docs/examples/walk.sh resume.pdf [answer.webm]
#
# API is where the API is, by default on this machine. Needs curl and python3 (to read JSON).
set -eu
API=${API:-http://127.0.0.1:8501/api}

call() { # call METHOD PATH [curl's options …]: the reply's JSON
  method=$1 path=$2
  shift 2
  curl --silent --show-error --fail-with-body --request "$method" \
    --header "Authorization: Bearer $TOKEN" "$@" "$API$path"
}

field() { # field NAME …: one value out of the JSON on standard input; a problem ends it all
  python3 -c 'import json, sys
value = json.load(sys.stdin)
if "detail" in value:
    sys.exit(value["detail"])
for name in sys.argv[1:]:
    value = value[name]
print(value)' "$@"
}

resume=$(call POST /resume/upload --form "file=@$1" --header "Idempotency-Key: upload-$$" | field resume_id)
echo "resume $resume"

started=$(call POST /interview/start --header "Idempotency-Key: start-$$" --json '{
  "role": "Backend Engineer", "seniority": "mid", "questions": 1, "resume_id": "'"$resume"'"
}')
session=$(echo "$started" | field session_id)
echo "1. $(echo "$started" | field question text)"

if [ $# -gt 1 ]; then # by voice; a doubtful transcript is a problem, and its corrected text goes as JSON
  call POST /interview/answer --header "Idempotency-Key: answer-$$" \
    --form "session_id=$session" --form position=1 --form "audio=@$2" | field answer
else
  call POST /interview/answer --header "Idempotency-Key: answer-$$" --json '{
    "session_id": "'"$session"'", "position": 1,
    "answer": "I am a backend engineer at a food company. I made a nightly import ten times faster, because people waited for it. Now I want to work on larger systems."
  }' >/dev/null
fi

# The same as a stream: feedback as it is written, the evaluation, the next question.
call POST /interview/answer --no-buffer --header "Accept: text/event-stream" --json '{
  "session_id": "'"$session"'", "position": 2, "answer": "No questions, thank you."
}' | grep '^event:'

call GET "/interview/result/$session" | field headline
