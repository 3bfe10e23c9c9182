"""Starts the AWS emulator so that a failed Lambda carries the class name of its error, as on AWS.

The released worker reports every thrown error as `Runtime.HandlerError`, so that Retry and Catch on a named error would
never match locally. The patch below is tied to the pinned version and refuses any other.
"""

import os
import signal
import sys
import threading

import ministack.core.lambda_runtime as runtime
import ministack.services.lambda_svc as service
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


def _stop_with_parent():
    """Standard input is a pipe held by the process that started us: its end means that process is gone."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


runtime.Worker.invoke, service._execute_function_warm = _invoke, _run
threading.Thread(target=_stop_with_parent, daemon=True).start()
main()
