"""Starts the AWS emulator with what it does otherwise than AWS put right; tied to the pinned version, refuses any other.

- A failed Lambda carries the class name of its error. The released worker reports every thrown error as
  `Runtime.HandlerError`, so that Retry and Catch on a named error would never match locally.
- A worker that breaks while it starts ends alone. The emulator would end all of the function's, those at work too, and
  each of those that were starting would end all others again.
- A worker whose function is updated or deleted finishes what it is at. The emulator would end it at once, and fail the
  invocation.
- A throttled Lambda is `Lambda.TooManyRequestsException` to a state machine, not `Lambda.Unknown`.
- A queue's batch that is throttled is tried again while its messages are hidden, as Lambda's pollers do. The emulator
  would leave them hidden until the visibility timeout is over.
- Streams are read from their start after a restart. The emulator saves the position in a stream but not its records, so
  that the first changes after a restart would be skipped.
- The history of an execution tells the states inside Parallel and Map too, and which event came before each, as on AWS;
  branches have variables of their own.
- `TimeoutSeconds` may be a JSONata expression.
- The right to read parameters by path is one on that path.
- The SAM transform knows the values of the stack's parameters, and not their defaults only.
"""

import copy

import os
import signal
import sys
import threading
import time

import ministack.core.iam_actions as iam
import ministack.core.lambda_runtime as runtime
import ministack.services.cloudformation.changesets as changesets
import ministack.services.cloudformation.engine as cloudformation
import ministack.services.cloudformation.handlers as stack_handlers
import ministack.services.lambda_svc as service
import ministack.services.sqs as service_sqs
import ministack.services.stepfunctions as states
from ministack.app import main

REPORT = 'status: "error", error: String(err.message || err), trace: err.stack || ""'
if REPORT not in runtime._NODEJS_WORKER_SCRIPT:
    sys.exit("Expected the emulator version pinned in scripts/emulator/requirements.txt, got another one. "
             "Run `npm run reset`, delete .local/venv and start again.")
runtime._NODEJS_WORKER_SCRIPT = runtime._NODEJS_WORKER_SCRIPT.replace(
    REPORT, REPORT + ', errorType: (err && err.name) || "Error"'
)

_last_error = threading.local()
_worker_invoke = runtime.Worker.invoke
_execute = service._execute_function_warm


def _invoke(self, *args, **kwargs):
    try:
        result = _worker_invoke(self, *args, **kwargs)
    except Exception as error:
        self.kill()
        result = {"status": "error", "error": str(error), "errorType": "Runtime.ExitError"}
    failed = result.get("status") == "error"
    _last_error.name, _last_error.trace = (result.get("errorType"), result.get("trace")) if failed else (None, None)
    return result


def _run(function, event, request_id):
    _last_error.name = None
    result = _execute(function, event, request_id)
    if result.get("error") and _last_error.name and isinstance(result.get("body"), dict):
        result["body"].update(errorType=_last_error.name, trace=(_last_error.trace or "").split("\n"))
    return result


_replacing = threading.local()
_kill_workers = runtime.kill_workers
_release_worker = runtime.release_worker
_invalidate_worker = runtime.invalidate_worker


def _replace_workers(*args, **kwargs):
    _replacing.now = True
    try:
        _invalidate_worker(*args, **kwargs)
    finally:
        _replacing.now = False


def _kill_idle_workers(workers):
    if getattr(_replacing, "now", False):
        with runtime._lock:
            for worker in workers:
                worker.replaced = worker.in_use
        workers = [worker for worker in workers if not worker.replaced]
    _kill_workers(workers)


def _release_or_kill(worker):
    _release_worker(worker)
    if getattr(worker, "replaced", False):
        _kill_workers([worker])


_poller = threading.local()
_run_batch = service._run_sqs_batch
_execute_any = service._execute_function
_throttle = service._throttle_response
_restore_positions = service._restore_esm_positions


# The name that a state machine sees.
def _throttled(*args, **kwargs):
    result = _throttle(*args, **kwargs)
    result["body"]["errorType"] = "Lambda.TooManyRequestsException"
    return result


def _run_batch_patiently(mapping, function, event, batch, queue_url, queue_name):
    # Half of the timeout: the messages must still be hidden while the function works on them.
    hidden = int(service_sqs._queues[queue_url]["attributes"].get("VisibilityTimeout", 30))
    _poller.until = time.time() + hidden / 2
    try:
        _run_batch(mapping, function, event, batch, queue_url, queue_name)
    finally:
        _poller.until = 0


def _execute_patiently(function, event):
    result = _execute_any(function, event)
    while result.get("throttle") and time.time() < getattr(_poller, "until", 0):
        time.sleep(0.25)
        result = _execute_any(function, event)
    return result


def _restore_positions_of_kept_records(store, positions):
    if store is not service._dynamodb_stream_positions:
        _restore_positions(store, positions)


_add_event_plainly = states._add_event
_invoke_callback = states._invoke_with_callback
_invoke_timed = states._invoke_resource_with_timeout
_history = threading.local()


# A branch runs in a thread of its own, so what came before an event is what its thread added last.
def _add_linked_event(execution, event_type, details=None):
    if getattr(_history, "execution", None) is not execution:
        _history.execution, _history.last = execution, 0
    event = _add_event_plainly(execution, event_type, details)
    event["previousEventId"] = _history.last
    _history.last = event["id"]
    return event


def _run_branch(branch_states, start_at, input_data, execution, ctx):
    ctx = {**ctx, "variables": dict(ctx["variables"])}
    entered = [event["id"] for event in execution["events"] if event["type"] in ("ParallelStateEntered", "MapStateEntered")]
    _history.execution, _history.last = execution, max(entered, default=0)
    name, value = start_at, copy.deepcopy(input_data)
    while name:
        state = branch_states[name]
        kind = state["Type"]
        ctx["State"] = {"Name": name, "EnteredTime": states.now_iso(), "RetryCount": 0}
        _add_linked_event(execution, kind + "StateEntered", {
            "stateEnteredEventDetails": {"name": name, "input": states.json.dumps(value)}})
        if kind == "Fail":
            raise states._ExecutionError(*states._fail_state_error(state, value, ctx))
        entered_as, name = name, None
        if kind != "Succeed":
            run = getattr(states, "_execute_" + kind.lower())
            if kind in ("Task", "Parallel", "Map"):
                value, name = run(state, value, execution, ctx)
            else:
                value, name = run(state, value, ctx)
        _add_linked_event(execution, kind + "StateExited", {
            "stateExitedEventDetails": {"name": entered_as, "output": states.json.dumps(value)}})
    return value


def _seconds(timeout):
    if not isinstance(timeout, str):
        return timeout
    return states._evaluate_jsonata(timeout.removeprefix("{%").removesuffix("%}").strip(), {})


def _invoke_callback_timed(resource, value, token, state):
    return _invoke_callback(resource, value, token, {**state, "TimeoutSeconds": _seconds(state.get("TimeoutSeconds", 99999))})


def _invoke_with_seconds(resource, value, timeout):
    return _invoke_timed(resource, value, _seconds(timeout))


_resource_of = iam.extract_resource_arn


def _resource_by_path(service, method, path, headers, body, query_params, region, account_id):
    arn = _resource_of(service, method, path, headers, body, query_params, region, account_id)
    named = iam._param(body, query_params, "Path") if service == "ssm" and arn == "*" else ""
    return f"arn:aws:ssm:{region}:{account_id}:parameter{named}" if named else arn


_transforms = cloudformation._apply_transforms
_stack = threading.local()


def _transforms_with_parameters(template, provided_params=None, previous_params=None):
    import samtranslator.translator.transform as sam  # Takes a second, which a start without templates saves.

    if not hasattr(sam, "plainly"):
        sam.plainly = sam.transform
        sam.transform = lambda template, _none, loader: sam.plainly(template, _stack.parameters, loader)
    _stack.parameters = cloudformation._transform_parameters(template, provided_params, previous_params)
    return _transforms(template, provided_params, previous_params)


def _stop_with_parent():
    """Standard input is a pipe held by the process that started us: its end means that process is gone."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


runtime.Worker.invoke, service._execute_function_warm = _invoke, _run
runtime.kill_workers = _kill_idle_workers
runtime.invalidate_worker = service.invalidate_worker = _replace_workers
runtime.release_worker = service.release_worker = _release_or_kill
service._throttle_response, service._run_sqs_batch, service._execute_function = _throttled, _run_batch_patiently, _execute_patiently
service._restore_esm_positions = _restore_positions_of_kept_records
states._add_event, states._run_sub_machine = _add_linked_event, _run_branch
states._invoke_with_callback, states._invoke_resource_with_timeout = _invoke_callback_timed, _invoke_with_seconds
iam.extract_resource_arn = _resource_by_path
for module in (cloudformation, changesets, stack_handlers):
    module._apply_transforms = _transforms_with_parameters
threading.Thread(target=_stop_with_parent, daemon=True).start()
main()
