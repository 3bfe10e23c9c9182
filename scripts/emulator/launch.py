"""Starts the AWS emulator with what it does otherwise than AWS put right; tied to the pinned version, refuses any other.

- A failed Lambda carries the class name of its error. The released worker reports every thrown error as
  `Runtime.HandlerError`, so that Retry and Catch on a named error would never match locally.
- A throttled Lambda is `Lambda.TooManyRequestsException` to a state machine, not `Lambda.Unknown`.
- A queue's batch that is throttled is tried again while its messages are hidden, as Lambda's pollers do. The emulator
  would leave them hidden until the visibility timeout is over.
- Streams are read from their start after a restart. The emulator saves the position in a stream but not its records, so
  that the first changes after a restart would be skipped.
"""

import os
import signal
import sys
import threading
import time

import ministack.core.lambda_runtime as runtime
import ministack.services.lambda_svc as service
import ministack.services.sqs as service_sqs
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
    result = _worker_invoke(self, *args, **kwargs)
    failed = result.get("status") == "error"
    _last_error.name, _last_error.trace = (result.get("errorType"), result.get("trace")) if failed else (None, None)
    return result


def _run(function, event, request_id):
    _last_error.name = None
    result = _execute(function, event, request_id)
    if result.get("error") and _last_error.name and isinstance(result.get("body"), dict):
        result["body"].update(errorType=_last_error.name, trace=(_last_error.trace or "").split("\n"))
    return result


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


def _stop_with_parent():
    """Standard input is a pipe held by the process that started us: its end means that process is gone."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


runtime.Worker.invoke, service._execute_function_warm = _invoke, _run
service._throttle_response, service._run_sqs_batch, service._execute_function = _throttled, _run_batch_patiently, _execute_patiently
service._restore_esm_positions = _restore_positions_of_kept_records
threading.Thread(target=_stop_with_parent, daemon=True).start()
main()
