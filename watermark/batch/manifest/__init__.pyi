from .manifest import Manifest as Manifest
from .manifest import manifest_in as manifest_in
from .row import GivenNotice as GivenNotice
from .row import Overrides as Overrides
from .row import Row as Row
