from .manifest import Manifest as Manifest
from .manifest import manifest_in as manifest_in
from .row import GivenNotice as GivenNotice
from .row import ManifestRow as ManifestRow
from .row import Overrides as Overrides
