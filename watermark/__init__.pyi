from ._version import __version__ as __version__
from .api import (
    inspect as inspect,
)
from .api import (
    preview as preview,
)
from .api import (
    read_notice as read_notice,
)
from .api import (
    restore as restore,
)
from .api import (
    stamp as stamp,
)
from .api import (
    try_stamp as try_stamp,
)
from .api import (
    verify as verify,
)
from .article.identity import Identity as Identity
from .article.info import ArticleInfo as ArticleInfo
from .article.info import Claims as Claims
from .audit.classification import AuditResult as AuditResult
from .audit.classification import Classification as Classification
from .audit.collection import check as check
from .errors import (
    FailedError as FailedError,
)
from .errors import (
    NoticeError as NoticeError,
)
from .errors import (
    NotVerifiedError as NotVerifiedError,
)
from .errors import (
    Reason as Reason,
)
from .errors import (
    RefusedError as RefusedError,
)
from .errors import (
    UsageError as UsageError,
)
from .errors import (
    WatermarkError as WatermarkError,
)
from .models import (
    Claim as Claim,
)
from .models import (
    Decision as Decision,
)
from .models import (
    Finding as Finding,
)
from .models import (
    Outcome as Outcome,
)
from .models import (
    Proof as Proof,
)
from .models import (
    Result as Result,
)
from .models import (
    Status as Status,
)
from .models import (
    VerificationReport as VerificationReport,
)
from .notice.model import (
    FigureMatch as FigureMatch,
)
from .notice.model import (
    Notice as Notice,
)
from .notice.model import (
    NoticeFile as NoticeFile,
)
from .notice.model import (
    Reference as Reference,
)
from .notice.model import (
    State as State,
)
from .receipt import AttachedFile as AttachedFile
from .receipt import Receipt as Receipt
from .stamping.certificate.facts import Judge as Judge
from .stamping.certificate.writing import certificate as certificate
from .stamping.mark.style import Edge as Edge
from .stamping.mark.style import MarkStyle as MarkStyle
from .stamping.plan.wording import Wording as Wording
from .stamping.profile.model import Profile as Profile
from .stamping.restore import Restored as Restored
from .stamping.seal.options import SealLevel as SealLevel
from .stamping.seal.options import SealOptions as SealOptions
from .verification.seal.trust import SealPolicy as SealPolicy
