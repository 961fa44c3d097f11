"""What a library may do to the process that looks at a PDF; other PDFs are looked at as always."""

import os
import signal
import time

from watermark.audit.auditor import Question, checked
from watermark.audit.classification import Checked


def crash(question: Question) -> Checked:
    if question.path.name == "bad.pdf":
        os.kill(os.getpid(), signal.SIGKILL)
    return checked(question)


def hang(question: Question) -> Checked:
    if question.path.name == "bad.pdf":
        time.sleep(60)
    return checked(question)


def raise_a_defect(question: Question) -> Checked:
    if question.path.name == "bad.pdf":
        raise ZeroDivisionError("a defect")
    return checked(question)
