from .doi import dois_in as dois_in
from .doi import normalised_doi as normalised_doi
from .extraction.state_phrases import (
    contradicts_state as contradicts_state,
)
from .extraction.state_phrases import (
    is_notice_page as is_notice_page,
)
from .extraction.state_phrases import (
    parse_state as parse_state,
)
from .extraction.state_phrases import (
    split_title_label as split_title_label,
)
from .formats.jats import to_jats as to_jats
from .formats.jats import to_jats_of_the_article as to_jats_of_the_article
from .formats.retraction_watch import RetractionList as RetractionList
from .formats.retraction_watch import retractions as retractions
from .formats.structured import from_json as from_json
from .formats.structured import from_yaml as from_yaml
from .formats.structured import to_json as to_json
from .formats.text import from_text as from_text
from .formats.writers import WRITERS as WRITERS
from .formats.writers import to_crossref as to_crossref
from .model import (
    RETRACTED_WHOLE as RETRACTED_WHOLE,
)
from .model import (
    ROLE_NOT_SHOWN as ROLE_NOT_SHOWN,
)
from .model import (
    DoiMention as DoiMention,
)
from .model import (
    DoiRole as DoiRole,
)
from .model import (
    FigureMatch as FigureMatch,
)
from .model import (
    Notice as Notice,
)
from .model import (
    NoticeFile as NoticeFile,
)
from .model import (
    Reference as Reference,
)
from .model import (
    State as State,
)
from .overrides import with_overrides as with_overrides
from .precedence import notice_in_effect as notice_in_effect
from .precedence import outranks as outranks
from .reader import read_notice as read_notice
