"""What one must know to read the figures."""

from __future__ import annotations

__all__ = ["HEAD", "NOTES"]

HEAD = """\
# Performance

Written by `make bench`; do not edit. Each figure but memory is the median of the rounds named above its table, in which
all generators took turns on the same machine. **×** is sitegen's median divided by another generator's of the same run:
below 1 sitegen is ahead. Where the machine had other work to do (the load below), wall time says little and CPU time
more.

| | |
|---|---|
{facts}

Two themes of sitegen make the same pages: *baked* has the ten latest headlines in every story page, exactly the work
that Hugo and Pelican do; *shared* has them in one fragment that pages pull in, as the default theme does.
"""

NOTES = """\
## What is compared

All read the same generated stories (300 to 900 words; headings, lists, quotations, tables, footnotes, links; 20
pictures) and write: a page for each story with header, body, ten stories related by shared tags and ten latest
headlines; front page, sections, tags and authors at 50 stories a page; the lists of all tags and authors; a full-text
RSS feed of 50 stories; a sitemap; 404; the pictures. Templates are in `benchmarks/theme-baked`,
`benchmarks/theme-shared`, `benchmarks/hugo` and `benchmarks/pelican`. Hugo and Pelican run as users run them, without
options that hurry or slow them; Hugo takes the latest headlines from `partialCached`. Scenarios follow one another on
the same folder:

{scenarios}

Who takes part in what:

- Hugo and Pelican render the whole site each time. Hugo is measured in all scenarios all the same; Pelican, which takes
  long, in one cold build.
{limits}

The work is not the same in these points:

- What the others do not do is turned off in sitegen (`AS_PEERS` in `benchmarks/sites.py`): Atom and JSON Feed, a feed
  for each section, tag and author, pictures in other formats, and the words of bodies in the choice of related stories.
  Its sitemaps are one for each month and one of news; the others write one (Pelican by a template of ours).
- The number of HTML files stands above each table. sitegen's archives by date, which the others do not write by
  themselves, are turned off (`archives = "none"`).
- Numbered pages count from the oldest story in sitegen and the unnumbered index holds 50 to 99; the lists of the others
  hold 50 and begin with the newest. Hugo writes a redirect for the first page of each list, sitegen for the one after
  the last, Pelican none.
- sitegen checks and resolves every link between stories, gives pictures their width and height, and keeps its state on
  disk. Pelican gives headings no `id`.
- Related stories are ranked by rules of their own: Hugo by shared tags and their weight, Pelican by the number of
  shared tags (a plugin of ten lines, as it has no such thing), sitegen by shared tags and freshness; copies and other
  editions are left out.

Sites lie in the system's folder for temporary files, and so on the file system that is named above (`TMPDIR` chooses
another). In memory, the generators are compared and not the disk: on ext4, making a folder took from 90 µs to 390 µs
here, the longer the more files had been deleted shortly before, as each cold build does.

CPU is user and system time of all processes. Memory is the peak of all processes together, what forked processes share
counted once: the kernel's own peak for a process alone; while there are more, a look every 50 ms, or when five times as
long has passed as a look takes. Looking takes time, so it is done in one more round, of which nothing else counts; the
figure is the largest of all rounds. Files are all that a build wrote, whether or not their bytes differ from before.
"""
