"""The small newspapers that the browser tests read: one story with everything in it, and its neighbours."""

from __future__ import annotations

import io
import math
import struct
import wave
from datetime import UTC, datetime
from pathlib import Path

from tests.support.pictures import FAST, encoded, quadrants
from tests.support.sites import Site

__all__ = ["PAGES", "UNTIL", "build_newspapers"]

PAGES = {
    "front": "/",
    "story": "/2026/03/12/storm/",
    "live blog": "/2026/03/07/flood/",
    "recorded story": "/2026/03/11/harbour/",
    "page": "/about/",
    "section": "/world/",
    "tag": "/tags/weather/",
    "author": "/authors/jane-doe/",
    "series": "/series/the-dykes/",
    "year": "/2026/",
    "month": "/2026/03/",
    "day": "/2026/03/12/",
    "topics": "/tags/",
    "authors": "/authors/",
    "corrections": "/corrections/",
    "search": "/search/",
    "withdrawn": "/2026/03/10/quay/",
    "not found": "/404.html",
    "story from right to left": "/2026/03/09/zayt/",
    "front in Arabic": "/arabic/",
    "story in an Arabic paper": "/arabic/2026/03/12/storm/",
    "live blog in an Arabic paper": "/arabic/2026/03/07/flood/",
    "front in Japanese": "/japanese/",
    "front of a paper in three languages": "/editions/",
    "translated story": "/editions/2026/03/12/storm/",
    "its translation": "/editions/ar/2026/03/12/storm/",
    "front of an edition": "/editions/ar/",
    "front of the child theme": "/tabloid/",
    "story of the child theme": "/tabloid/2026/03/12/storm/",
}
"""One page of every kind."""

_PAPERS = {
    "": "",
    "arabic": 'language = "ar"',
    "japanese": 'language = "ja"',
    "editions": "",
    "tabloid": 'theme = "tabloid"',
}
"""The folder of each paper, and how its configuration differs."""

_CONFIG = f"""
tagline = "Dry feet, clear heads."

[[sections]]
slug = "world"
title = "World"

[[sections]]
slug = "opinion"
title = "Opinion"

[newsletter]
action = "/subscribe"
label = "The letter of the morning"
consent = "Yes, send it to me."

[related]
minimum = 0.0

[search]
enable = true

[publisher]
name = "The Test Company"
email = "desk@test.example"
since = 1868

[images]
{FAST}
"""

_EDITIONS = """
[languages.ar]
title = "الاختبار"
tagline = "أقدامٌ جافّة ورؤوسٌ صافية."
sections = [{ slug = "world", title = "العالم" }]

[languages.de]
title = "Der Test"
"""
_TRANSLATED = """
-- content/world/storm.ar.md --
---
title: عاصفةٌ تُطفئ ضوء الميناء
date: 2026-03-12 06:30
authors: [jane-doe]
deck: انطفأ المصباح في الرابعة.
tags: [weather]
---
لم يتوقّع أحدٌ على الرصيف أن يفتقده.
"""

_PARAGRAPH = "The water stood at the third step at six, and at the fourth when the bells rang for the early service. "

_TEXT = """
-- content/authors/jane-doe.md --
---
name: Jane Doe
beat: Water
email: jane@test.example
url: https://jane.example/
links: {Mastodon: "https://social.example/@jane"}
image: {src: /world/harbour.jpg, alt: Jane Doe at the harbour}
---
Jane Doe writes about water.
-- content/authors/wire.md --
---
name: The Coast Wire
byline: wire
---
-- content/series/the-dykes.md --
---
name: The dykes
bio: What stands between the town and the sea.
image: {src: /world/harbour.jpg, alt: The harbour, caption: The harbour from the dyke., credit: "Photograph: A. Smith"}
---
-- content/pages/about.md --
---
title: About us
---
We print what we know.
-- content/world/storm.md --
---
title: A storm takes the *Harbour Light* and leaves the harbour
date: 2026-03-12 06:30
updated: 2026-03-12 08:00
kicker: The coast
deck: The lamp went out at four. Nobody on the quay had expected to miss it.
dateline: Tarn Ferry
tags: [weather, harbour]
authors: [jane-doe, wire]
series: {name: The dykes, part: 2, title: The lamp & the sea}
aliases: [/storm/]
image:
  src: pier.jpg
  alt: A pier under waves
  caption: The pier at six in the morning.
  credit: "Photograph: A. Smith"
corrections:
  - {date: 2026-03-12 08:00, text: The lamp was lit in 1868.}
---
LONG

## What was lost

A sentence with `code`, with a [link](harbour.md) and with a note.[^lamp]

> [!NOTE] Good to know
> The tide turned at five.

- one
- two

1. first
2. second

| Station | Height | Before | Change | Observer | Instrument | Remark |
|---|---:|---:|---:|---|---|---|
| Tarn Ferry, the outermost gauge | 4.12 | 3.90 | 0.22 | Mr Okonkwo-Haldane | tide-staff-with-float | repaired |
| Old Mole | 4.02 | 3.95 | 0.07 | unattended | self-registering-gauge | unreadable |

```python
height = sum(reading.metres for reading in gauge.readings_of_the_night_before_the_storm) / len(gauge.readings)  # metres
```

![The pier, closer](pier.svg "The third pile."){credit="Photograph: B. Jones"}

{{< pullquote by="The keeper" >}}
It was never that dark.
{{< /pullquote >}}

{{< factbox title="The lamp" >}}
Lit in 1868.
{{< /factbox >}}

{{< timeline title="The night" >}}
- **04:00** The lamp goes out.
- **06:00** Daylight.
{{< /timeline >}}

{{< embed url="https://video.example/watch/1" title="The wave" >}}

{{< story ref="harbour" >}}

LONG

LONG

[^lamp]: A lamp of the second order.
-- content/world/harbour.md --
---
title: The harbour counts its boats
date: 2026-03-11
tags: [weather]
authors: [jane-doe]
series: {name: The dykes, part: 1}
audio: {src: harbour.wav, transcript: harbour.txt}
image: {src: harbour.jpg, alt: The harbour, focus: right}
---
LONG

![The harbour from the mole](harbour.jpg "The same morning.")

![The chart](chart.png)

{{< figure src="chart.png" alt="The chart again" caption="As it was." credit="Chart: C. Jones" >}}

<figure><img src="chart.png" alt="The chart, raw"></figure>
-- content/world/donaudampfschiff.md --
---
title: Donaudampfschifffahrtsgesellschaftskapitänskajüte
date: 2026-03-10
tags: [harbour]
deck: https://test.example/an/address/that/has/no/place/to/break/anywhere/in/all/of/its/letters/until/the/end
language: de
---
LONG
-- content/world/zayt.md --
---
title: زيتٌ يُراد له ألّا يكون له طعم
date: 2026-03-09
deck: المعمل يريد من الزيت أن يسكت.
tags: [weather]
language: ar
---
إذا دعاك أحدٌ في حيّ الميناء إلى «بريدة» فخذ معك رغيفًا.

> البريدة غداءٌ يؤكل في الهواء الطلق.

- زيت
- خبز
-- content/world/quay.md --
---
title: The quay was sold
date: 2026-03-10 09:00
withdrawn: {date: 2026-03-11, text: It was not. We had not asked the harbour master.}
---
LONG
-- content/world/flood.md --
---
title: The flood, hour by hour
date: 2026-03-07 06:00
type: live
authors: [jane-doe]
---
It rains.[^rain]

## 07:05 The first street {key}

Water in Mill Street. [The harbour](harbour.md) is dry.

> Nobody was asleep.

## 2026-03-08 00:10 It falls {pinned key}

At last.

### By how much

A hand.

## 07:30

A hat in the water.

[^rain]: Since Tuesday.
-- content/opinion/dykes.md --
---
title: Build the dyke now
date: 2026-03-08
type: opinion
series: The dykes
authors: [jane-doe]
tags: [weather]
---
LONG
""".replace("LONG", "\n\n".join([_PARAGRAPH * 4] * 4))

UNTIL = datetime(2126, 3, 12, 18, 0, tzinfo=UTC)
"""When what is breaking in the tabloid paper is over: whoever runs the tests lives before that."""
_BREAKING = f"""
-- content/_fronts/home.yaml --
breaking: {{text: The lamp is lit again, story: storm, until: {UNTIL:%Y-%m-%d %H:%M}}}
"""
_MORE = {"editions": _TRANSLATED, "tabloid": _BREAKING}
"""By the folder of a paper, what else it has."""
_DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800">'
    '<rect width="1200" height="800" fill="#345"/><rect y="500" width="1200" height="300" fill="#123"/></svg>'
)


def build_newspapers(folder: Path, base_url: str) -> Path:
    """Builds all of them for this address; the output folder."""
    output = folder / "output"
    for name, settings in _PAPERS.items():
        more, text = (_EDITIONS if name == "editions" else ""), _MORE.get(name, "")
        site = Site(folder / f"paper-{name}", _TEXT + text, theme="", config=settings + _CONFIG + more)
        site.write("content/world/pier.svg", _DRAWING)
        site.write("content/world/pier.jpg", encoded(quadrants(1600, 1067), "JPEG"))
        site.write("content/world/harbour.wav", _tone(seconds=60))
        site.write("content/world/harbour.txt", "A tone, for a minute.")
        site.write("content/world/harbour.jpg", encoded(quadrants(1400, 900), "JPEG"))
        site.write("content/world/chart.png", encoded(quadrants(300, 200)))
        report = site.build(base_url=f"{base_url}{name}/" if name else base_url, output=output / name)
        assert not report.problems, report.problems
    return output


def _tone(seconds: int) -> bytes:
    """A quiet tone, 8 kHz mono."""
    rate, file = 8000, io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, rate, 0, "NONE", ""))
        second = b"".join(struct.pack("<h", int(900 * math.sin(2 * math.pi * 220 * n / rate))) for n in range(rate))
        sound.writeframes(second * seconds)
    return file.getvalue()
