"""What a library may do to the process that looks at a PDF; other PDFs are looked at as always."""

import os
import signal
import time

from watermark.audit.auditor import AuditRequest, audit_file
from watermark.audit.classification import AuditResult


def crash(question: AuditRequest) -> AuditResult:
    if question.path.name == "bad.pdf":
        os.kill(os.getpid(), signal.SIGKILL)
    return audit_file(question)


def hang(question: AuditRequest) -> AuditResult:
    if question.path.name == "bad.pdf":
        time.sleep(60)
    return audit_file(question)


def raise_a_defect(question: AuditRequest) -> AuditResult:
    if question.path.name == "bad.pdf":
        raise ZeroDivisionError("a defect")
    return audit_file(question)
