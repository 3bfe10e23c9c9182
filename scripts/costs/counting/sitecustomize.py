"""Counts what a bill would count, inside the emulator: one JSON object a line into the file HAPPY_PATH_COUNTS.

Python imports a module of this name by itself when its folder is on PYTHONPATH, before scripts/emulator/launch.py makes
its own changes. Requests by functions and by state machines are counted, those by the emulator's root key (the web
server, deployments, whoever looks behind the API) are not.
"""

import json
import os
import re
import threading
import time

import ministack.services.apigateway_v1 as api
import ministack.services.dynamodb as dynamodb
import ministack.services.eventbridge as events
import ministack.services.iot_data as iot
import ministack.services.lambda_svc as functions
import ministack.services.s3 as s3
import ministack.services.sns as sns
import ministack.services.sqs as sqs
import ministack.services.ssm as ssm
import ministack.services.stepfunctions as states

_file = open(os.environ["HAPPY_PATH_COUNTS"], "a", buffering=1)
_lock = threading.Lock()


def count(kind, **facts):
    with _lock:
        _file.write(json.dumps({"at": int(time.time() * 1000), "kind": kind, **facts}) + "\n")


def caller(headers):
    """Access key of a function, `states` for a state machine, `visitor` without a signature, None for the root key."""
    key = re.search(r"Credential=([^/]+)/", headers.get("authorization", ""))
    if not key:
        return "visitor"
    if key[1] != "test":
        return key[1]
    return "states" if headers.get("host", "").endswith("amazonaws.com") else None


def counted(module, tell):
    """Has `tell` look at every request to a service, and at its answer."""
    handle = module.handle_request

    async def handle_counted(method, path, headers, body, query, *rest, **options):
        by = caller(headers)
        if by is None:
            return await handle(method, path, headers, body, query, *rest, **options)
        return await tell(handle, by, method, path, headers, body, query, rest, options)

    module.handle_request = handle_counted


def count_units(by, action, data, answer, refused):
    used = answer.pop("ConsumedCapacity", [])
    for table in used if isinstance(used, list) else [used]:
        units = table["CapacityUnits"]
        if action in ("GetItem", "Query", "Scan"):
            # The emulator takes every read for one of 4 KB.
            found = answer.get("Items") or [answer.get("Item") or {}]
            size = sum(dynamodb._item_size_bytes(item) for item in found)
            units *= max(1, -(-size // 4096))
        reads = action in ("GetItem", "Query", "Scan", "BatchGetItem", "TransactGetItems")
        count("table", by=by, table=table["TableName"], reads=units if reads else 0, writes=0 if reads else units)
    if not used and refused:
        # A refused condition is paid like the write; the size of what was found there is not looked up.
        count("table", by=by, table=data.get("TableName", ""), reads=0, writes=1)


async def tell_table(handle, by, method, path, headers, body, query, rest, options):
    action = headers.get("x-amz-target", "").split(".")[-1]
    data = json.loads(body or b"{}")
    asked = {**data, "ReturnConsumedCapacity": "TOTAL"}
    status, answered, text = await handle(method, path, headers, json.dumps(asked).encode(), query, *rest, **options)
    answer = json.loads(text or b"{}")
    count_units(by, action, data, answer, b"ConditionalCheckFailed" in text)
    if "ReturnConsumedCapacity" not in data:
        text = json.dumps(answer).encode()
        answered = {name: value for name, value in answered.items() if name.lower() not in ("content-length", "x-amz-crc32")}
    return status, answered, text


def write_counted(action, data):
    """What a state machine reads and writes without passing through a request."""
    try:
        answer = _invoke_table(action, {**data, "ReturnConsumedCapacity": "TOTAL"})
    except states._ExecutionError as error:
        count_units("states", "", data, {}, "ConditionalCheckFailed" in str(error.error))
        raise
    count_units("states", action[0].upper() + action[1:], data, answer, False)
    return answer


def tell_service(service):
    async def tell(handle, by, method, path, headers, body, query, rest, options):
        count("call", service=service, by=by)
        return await handle(method, path, headers, body, query, *rest, **options)

    return tell


async def tell_bucket(handle, by, method, path, headers, body, query, rest, options):
    answer = await handle(method, path, headers, body, query, *rest, **options)
    if answer[0] < 400 and method != "OPTIONS":
        listed = method == "GET" and path.strip("/").count("/") == 0
        copied = "x-amz-copy-source" in headers
        count("object", by=by, bucket=path.strip("/").split("/")[0], action="COPY" if copied else "LIST" if listed else method,
              bytes=len(body or b""))
    return answer


def around(module, name, before):
    """Calls `before` ahead of a function of the emulator."""
    function = getattr(module, name)

    def wrapped(*args, **kwargs):
        before(*args, **kwargs)
        return function(*args, **kwargs)

    setattr(module, name, wrapped)


_dispatch, _run, _handle_api = functions._execute_function_dispatch, states._run_execution, api.handle_execute
_invoke_table = states._invoke_dynamodb


def execute_counted(function, config, event, request_id, started):
    result = _dispatch(function, config, event, request_id, started)
    records = event.get("Records") if isinstance(event, dict) else None
    count("invocation", function=config.get("FunctionName", ""), memoryMb=config.get("MemorySize", 128),
          source=records[0].get("eventSource", "") if records else "", logBytes=len((result.get("log") or "").encode()),
          key=functions.execution_credentials(config)["AWS_ACCESS_KEY_ID"])
    return result


def run_counted(execution_arn):
    begun = time.monotonic()
    _run(execution_arn)
    execution = states._executions.get(execution_arn) or {"events": [], "stateMachineArn": ""}
    machine = states._state_machines.get(execution["stateMachineArn"]) or {}
    entered = [event["type"].removesuffix("StateEntered") for event in execution["events"] if event["type"].endswith("StateEntered")]
    count("execution", machine=machine.get("name", ""), type=machine.get("type", "STANDARD"), states=len(entered),
          ms=round((time.monotonic() - begun) * 1000, 1))


async def request_counted(api_id, stage, method, path, *rest):
    count("request", stage=stage)
    return await _handle_api(api_id, stage, method, path, *rest)


def published(data, allow_aws_source=False):
    # The emulator publishes changes of executions itself; AWS takes nothing for those of its own services.
    for entry in [] if allow_aws_source else data.get("Entries", []):
        count("event", detailType=entry.get("DetailType", ""))


def queued(queue):
    count("message", queue=str(queue).rsplit("/", 1)[-1].rsplit(":", 1)[-1])


functions._execute_function_dispatch, states._run_execution, api.handle_execute = execute_counted, run_counted, request_counted
states._invoke_dynamodb = write_counted
counted(dynamodb, tell_table)
counted(s3, tell_bucket)
for name, module in (("events", events), ("iot", iot), ("ssm", ssm), ("sns", sns), ("states", states), ("sqs", sqs)):
    counted(module, tell_service(name))
around(events, "_put_events", published)
around(events, "_dispatch_to_sqs", lambda queue, *rest, **options: queued(queue))
around(s3, "_deliver_event_to_sqs", lambda queue, *rest, **options: queued(queue))
around(sqs, "_act_send_message", lambda data, url, *rest: queued(data.get("QueueUrl", url)))
around(sns, "_publish", lambda params: count("publication"))
around(events, "_dispatch_to_sns", lambda topic, payload: count("publication"))
around(functions, "_run_sqs_batch", lambda esm, function, event, batch, url, name: count("batch", queue=name))
# Python goes on without a word when this file fails; whoever counts looks for this line.
count("ready")
