from .document import (
    REMEDY as REMEDY,
)
from .document import (
    UNREADABLE as UNREADABLE,
)
from .document import (
    Article as Article,
)
from .document import (
    check_is_pdf as check_is_pdf,
)
from .document import (
    document_at as document_at,
)
from .document import (
    needs_password as needs_password,
)
from .document import (
    refuse_endless_pages as refuse_endless_pages,
)
from .figure_captions import captions_in as captions_in
from .figure_captions import may_have_captions as may_have_captions
from .figure_captions import pages_of_figures as pages_of_figures
from .identity import Identity as Identity
from .info import ArticleInfo as ArticleInfo
from .info import Claims as Claims
from .inspection import inspect_article as inspect_article
from .matching import Match as Match
from .matching import MatchResult as MatchResult
from .matching import match as match
from .quick_identity import identify as identify
