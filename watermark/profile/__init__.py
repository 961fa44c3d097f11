"""How a house marks: wording, language, look and notice page, from a TOML file or a preset."""

from watermark.profile.profile import Profile
from watermark.profile.read import PRESETS, preset_text, read_profile
from watermark.profile.values import colour_of

__all__ = ["PRESETS", "Profile", "colour_of", "preset_text", "read_profile"]
