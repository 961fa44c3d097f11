"""Profiles: a publisher's wording, language, style and notice page, from a TOML file or a preset."""

from watermark.stamping.profile.fields import NOTICE_PAGES, restyled
from watermark.stamping.profile.loader import PRESETS, preset_text, read_profile
from watermark.stamping.profile.model import Profile
from watermark.stamping.profile.new_profile import NewProfile, font_hint, profile_text

__all__ = [
    "NOTICE_PAGES",
    "PRESETS",
    "NewProfile",
    "Profile",
    "font_hint",
    "preset_text",
    "profile_text",
    "read_profile",
    "restyled",
]
