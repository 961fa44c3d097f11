from .layers import LayerKind as LayerKind
from .layers import SealLayer as SealLayer
from .layers import seal_layers as seal_layers
from .trust import SealPolicy as SealPolicy
