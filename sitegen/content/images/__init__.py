"""Pictures: what a file holds, which variants of it are offered, and the bytes of each.

Only what a build needs for pictures that have changed loads Pillow::

    facts      what is known of a picture file
    crops      the part of a picture that has a ratio and keeps its focus
    variants   which sizes and formats are offered, and what they are called
    opening    from bytes to pixels: upright, in sRGB, eight bits a channel
    credits    whose picture it is, as the file says; nothing else that a file says is published
    drawings   SVG without anything that could run or call out
    looking    from bytes to facts
    encoding   from bytes to the bytes of a variant
    icons      which icons are made of one picture
    squares    from a picture to the bytes of an icon
    rasters    from drawings to pixels
    cache      bytes of variants that were encoded before
"""

from sitegen.content.images.cache import ImageCache
from sitegen.content.images.facts import DRAWING, PICTURES, Facts
from sitegen.content.images.icons import ICONS, Icon
from sitegen.content.images.variants import RATIOS, Variant, crop, crop_sources, own, sources, stem_of, variant_url

__all__ = [
    "DRAWING",
    "ICONS",
    "PICTURES",
    "RATIOS",
    "Facts",
    "Icon",
    "ImageCache",
    "Variant",
    "crop",
    "crop_sources",
    "own",
    "sources",
    "stem_of",
    "variant_url",
]
