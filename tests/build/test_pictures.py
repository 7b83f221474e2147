"""Pictures in a site: which files a build makes of them, and how much it does for each edit."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image

from sitegen.explain.why import why
from sitegen.session import pictures
from tests.support.pictures import FAST, encoded, opened, picture, quadrants, seen
from tests.support.sites import Site, story

STORY_TEMPLATE = """
{% if article.image %}<img src="{{ article.image.src }}" width="{{ article.image.width }}"
height="{{ article.image.height }}" alt="{{ article.image.credit }}">
{% for source in article.image.sources + article.image.card.sources %}<source srcset="{{ source.srcset }}">{% endfor %}
{% for ratio in ["16:9", "4:3", "1:1", "1200:630"] %}<a href="{{ article.image.crop(ratio).absolute_src }}"></a>
{% endfor %}{% endif %}{{ article.body }}
"""
TEXT_TEMPLATE = """
<picture>{% for source in image.sources %}<source type="{{ source.type }}" srcset="{{ source.srcset }}">{% endfor %}
{{ image.img }}</picture>
"""
CONFIG = f"[images]\nwidths = [8, 16]\n{FAST}\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Two stories with a picture each, one of which also has one in its text; and a picture that nobody shows."""
    site = Site(tmp_path / "site", config=CONFIG)
    site.write("templates/story.html", STORY_TEMPLATE)
    site.write("templates/body/picture.html", TEXT_TEMPLATE)
    site.write("content/a/index.md", story("A", image="bridge.png", body="![Fog](fog.png)"))
    site.write("content/b.md", story("B", image="{src: quay.jpg, focus: 0% 50%}"))
    site.write("content/a/bridge.png", encoded(quadrants(24, 12)))
    site.write("content/a/fog.png", picture(12, 9, colour="blue"))
    site.write("content/quay.jpg", picture(20, 20, "JPEG"))
    site.write("content/spare.png", picture(12, 9))
    return site


def made_of(site: Site, name: str) -> list[str]:
    """The files of the output that come from a picture of this name."""
    return sorted(path for path in site.output() if re.search(rf"(^|/){name}\.", path))


def encoded_urls(urls: list[str]) -> list[str]:
    """Those that are pictures, without the digests in their names."""
    return sorted(re.sub(r"\.[0-9a-f]{10}-", ".", url) for url in urls if not url.endswith(("/", ".html", ".xml")))


def shown(site: Site, url: str) -> set[str]:
    """Every URL of a picture on a page."""
    page = site.page(url)
    lists = re.findall(r'srcset="([^"]+)"', page)
    listed = {part.split()[0] for text in lists for part in text.split(", ")}
    return listed | {unquote(link) for link in re.findall(r'(?:src|href)="([^"]+\.(?:png|jpg|gif|svg))"', page)}


def test_what_a_page_shows_is_there(site: Site) -> None:
    report = site.build()
    assert report.problems == ()
    files = {f"/{path}" for path in site.output()}
    for url in ("/2026/03/01/a/", "/2026/03/01/b/"):
        named = {link.removeprefix("https://test.example") for link in shown(site, url)}
        assert len(named) > 8
        assert named <= files


def test_which_variants_there_are(site: Site) -> None:
    site.build()
    assert made_of(site, "spare") == ["spare.png"]
    assert len(made_of(site, "fog")) == 1 + 2 * 2
    bridge = [opened(site.output()[path]) for path in made_of(site, "bridge")]
    assert opened(site.output()["2026/03/01/a/bridge.png"]).size == (16, 8)
    # Itself, two widths in two formats, four crops, and the card in two widths and two formats.
    assert len(bridge) == 1 + 4 + 4 + 4
    assert len(made_of(site, "quay")) == 1 + 4 + 4 + 4


def test_the_focus_of_a_story_is_that_of_its_crops(site: Site) -> None:
    site.write("content/quay.jpg", encoded(quadrants(40, 20, ("red", "lime", "red", "lime")), "JPEG", quality=95))
    site.write("content/c.md", story("C", image="{src: quay.jpg, focus: right}"))
    site.build()
    colours = {}
    for url in ("/2026/03/01/b/", "/2026/03/01/c/"):
        square = next(link for link in shown(site, url) if link.endswith("-20.jpg"))
        colours[url] = seen(opened(site.output()[square.removeprefix("https://test.example/")]), 0.5, 0.5)
    assert colours == {"/2026/03/01/b/": "red", "/2026/03/01/c/": "lime"}


def test_only_what_changed_is_encoded(site: Site) -> None:
    site.build()
    assert site.build().rendered == []
    site.write("content/a/fog.png", picture(12, 9, colour="lime"))
    report = site.build()
    assert encoded_urls(report.rendered) == [f"/2026/03/01/a/fog.{name}" for name in (
        "12.avif", "12.webp", "8.avif", "8.webp", "png",
    )]  # fmt: skip
    assert {url for url in report.rendered if url.endswith("/")} == {"/2026/03/01/a/"}
    assert len(report.removed) == 4


def test_a_typo_encodes_nothing(site: Site) -> None:
    site.build()
    site.write("content/a/index.md", story("A!", image="bridge.png", body="More. ![Fog](fog.png)"))
    assert encoded_urls(site.build().rendered) == []


def test_an_edit_of_the_settings_encodes_what_they_concern(site: Site) -> None:
    site.build()
    config = (site.folder / "sitegen.toml").read_text()
    site.write("sitegen.toml", config.replace("[8, 16]", "[8]"))
    report = site.build()
    assert encoded_urls(report.rendered) == [
        "/2026/03/01/a/bridge.png",
        "/2026/03/01/a/fog.png",
        "/quay.jpg",
        "/spare.png",
    ]
    site.write("sitegen.toml", config.replace("[8, 16]", "[8]") + "quality.webp = 10\n")
    report = site.build()
    assert {url.rpartition(".")[2] for url in encoded_urls(report.rendered)} == {"webp"}
    site.write("sitegen.toml", config.replace("[8, 16]", "[8]") + "quality.webp = 10\nmax_pixels = 1000\n")
    report = site.build()
    assert encoded_urls(report.rendered) == []
    assert report.written == []


def test_pictures_come_and_go_with_what_shows_them(site: Site) -> None:
    site.build()
    site.write("content/b.md", story("B", body="![](spare.png)"))
    report = site.build()
    assert made_of(site, "quay") == ["quay.jpg"]
    assert len(made_of(site, "spare")) == 5
    assert len([url for url in report.removed if url.startswith("/quay.")]) == 12
    site.write("content/b.md", story("B", draft="true", body="![](spare.png)"))
    site.build()
    assert made_of(site, "spare") == ["spare.png"]


def test_portraits_and_profiles(site: Site) -> None:
    site.write("content/authors/jane.md", "---\nname: Jane\nimage: /spare.png\n---\nReports.\n")
    site.write("content/b.md", story("B", authors="[jane, ola]"))
    with (site.folder / "sitegen.toml").open("a") as config:
        config.write('[authors.ola]\nname = "Ola"\nimage = "quay.jpg"\n')
    site.write("templates/author.html", "{{ page.subject.image.src }} {{ page.subject.image.sources[0].srcset }}")
    assert site.build().problems == ()
    assert site.page("/authors/jane/").startswith("/spare.png /spare.")
    assert site.page("/authors/ola/").startswith("/quay.jpg /quay.")
    assert len(made_of(site, "quay")) == 13
    assert len(made_of(site, "spare")) == 9  # its card is the whole of it


@pytest.mark.parametrize("src", ["quay.jpg?v=2", "/quay.jpg#x", " quay.jpg", "../content/quay.jpg", "%71uay.jpg"])
def test_a_picture_is_found_however_it_is_named(site: Site, src: str) -> None:
    site.write("content/b.md", story("B", image=f'"{src}"'))
    assert site.build().problems == ()
    files = {f"/{path}" for path in site.output()}
    named = {link.removeprefix("https://test.example") for link in shown(site, "/2026/03/01/b/")}
    assert {link for link in named if "." in link.removesuffix(".jpg")} <= files
    assert len(named & files) > 8


def test_a_picture_of_another_site_is_shown_as_it_is(site: Site) -> None:
    site.write("content/b.md", story("B", image="https://else.example/quay.jpg"))
    assert site.build().problems == ()
    assert shown(site, "/2026/03/01/b/") == {"https://else.example/quay.jpg"}
    assert 'width="0"' in site.page("/2026/03/01/b/")


def test_two_stories_may_share_a_picture(site: Site) -> None:
    site.build()
    site.write("content/c.md", story("C", image="{src: quay.jpg, focus: 0% 50%}"))
    assert encoded_urls(site.build().rendered) == []


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_same_bytes_by_any_number_of_processes(
    site: Site, tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_WORTH", 1)
    monkeypatch.setattr("sitegen.build.press._WORTH", 1)
    site.build(output=site.folder / "one", jobs=jobs)
    shutil.rmtree(site.folder / ".sitegen")
    site.build(output=site.folder / "two")
    assert site.output("one") == site.output("two")


def test_what_was_encoded_once_is_found_again(site: Site) -> None:
    """Whoever keeps `.sitegen/` encodes nothing, although the outputs are lost, or the build is a clean one."""
    site.build()
    before = site.output()
    marks = marked(site)
    shutil.rmtree(site.folder / "output")
    assert site.build().published
    assert site.output() == before
    assert site.build(clean=True).written == []
    assert marked(site) == marks


def marked(site: Site) -> dict[str, tuple[int, int]]:
    """Each file of the cache with its inode and time."""
    files = (site.folder / ".sitegen" / "images").glob("*/*")
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


def test_the_cache_is_never_believed_blindly(site: Site) -> None:
    site.build()
    before = site.output()
    for path in (site.folder / ".sitegen" / "images").glob("*/*"):
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    shutil.rmtree(site.folder / "output")
    site.build()
    assert site.output() == before


def test_the_cache_holds_what_the_site_shows(site: Site) -> None:
    site.build()
    assert len(marked(site)) == 13 + 5 + 13 + 1
    site.delete("content/quay.jpg")
    site.build()
    assert len(marked(site)) == 13 + 5 + 1
    assert site.command("clean")[0] == 0
    assert not (site.folder / ".sitegen").exists()


def test_a_dry_run_keeps_nothing(site: Site) -> None:
    site.build(dry_run=True)
    assert not (site.folder / ".sitegen").exists()


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "broken-image"), (picture(9, 9)[:40], "broken-image"), (picture(200, 200), "huge-image")],
    ids=["empty", "damaged", "huge"],
)
def test_a_picture_that_cannot_be_shown_is_told_and_left_out(site: Site, data: bytes, code: str) -> None:
    with (site.folder / "sitegen.toml").open("a") as config:
        config.write("max_pixels = 10_000\n")
    site.build()
    for path in ("content/a/bridge.png", "content/a/fog.png"):
        site.write(path, data)
    report = site.build()
    assert [(problem.severity, problem.code, problem.span.path) for problem in report.problems] == [
        ("warning", code, "content/a/bridge.png"),
        ("warning", code, "content/a/fog.png"),
    ]
    assert report.published
    assert made_of(site, "bridge") == made_of(site, "fog") == []
    assert shown(site, "/2026/03/01/a/") == set()
    assert site.build().problems == report.problems
    site.write("content/a/bridge.png", picture(9, 9))
    site.write("content/a/fog.png", picture(9, 9))
    assert site.build().problems == ()
    assert len(made_of(site, "bridge")) == 12


def test_an_animation_stays_as_it_is(site: Site) -> None:
    data = encoded(quadrants(20, 10), "GIF", save_all=True, append_images=[Image.new("RGB", (20, 10))])
    site.write("content/move.gif", data)
    site.write("content/b.md", story("B", image="move.gif", body="![](move.gif)"))
    site.build()
    assert made_of(site, "move") == ["move.gif"]
    assert site.output()["move.gif"] == data
    page = site.page("/2026/03/01/b/")
    assert '<img src="/move.gif" width="20"\nheight="10"' in page
    assert "srcset" not in page


def test_a_drawing_is_cleaned(site: Site) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><script>1</script><rect/></svg>'
    site.write("content/map.svg", drawing)
    site.write("content/b.md", story("B", image="map.svg", body="![](map.svg)"))
    assert site.build().problems == ()
    assert made_of(site, "map") == ["map.svg"]
    assert b"script" not in site.output()["map.svg"]
    assert site.page("/2026/03/01/b/").count('src="/map.svg" ') == 2
    site.write("content/map.svg", drawing.replace("</svg>", ""))
    report = site.build()
    assert [problem.code for problem in report.problems] == ["broken-image"]
    assert made_of(site, "map") == []


def test_no_place_is_published(site: Site) -> None:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (51.0, 30.0, 2.52)}
    exif[0x010F] = "Secret Camera"
    exif[0x013B] = "A. Berg"
    for path in ("content/quay.jpg", "content/spare.jpg"):
        site.write(path, encoded(quadrants(20, 20), "JPEG", exif=exif))
    site.build()
    assert [path for path, data in site.output().items() if b"Secret" in data] == []
    assert 'alt="A. Berg"' in site.page("/2026/03/01/b/")


def test_a_file_of_the_site_wins_over_a_variant(site: Site) -> None:
    site.build()
    variant = made_of(site, "fog")[0]
    name = variant.rpartition("/")[2]
    site.write(f"content/a/{name}", site.output()[variant])
    report = site.build()
    assert report.problems == ()
    assert variant in site.output()
    assert site.build().rendered == []


def test_a_link_to_a_variant_means_the_same_in_each_build(site: Site) -> None:
    site.build()
    variant = made_of(site, "fog")[0]
    site.write("content/b.md", story("B", body=f"[Fog](/{variant})"))
    site.build()
    page = site.page("/2026/03/01/b/")
    site.write("content/b.md", story("B", body=f"[Fog](/{variant}) "))
    site.build()
    site.build(output=site.folder / "anew", clean=True)
    assert site.output("anew")["2026/03/01/b/index.html"].decode() == site.page("/2026/03/01/b/")
    assert page.strip() == site.page("/2026/03/01/b/").strip()


def test_a_picture_in_a_feed_or_without_a_template_is_plain(site: Site) -> None:
    site.delete("templates/body/picture.html")
    site.write(
        "content/a/index.md",
        story("A", body='![Fog](fog.png "The fog"){.wide width=6}\n\n![](https://x.example/y.png)'),
    )
    site.build()
    page = site.page("/2026/03/01/a/")
    assert (
        '<figure class="wide"><img src="/2026/03/01/a/fog.png" alt="Fog" width="6" height="4" loading="lazy" ' in page
    )
    assert '<img src="https://x.example/y.png" alt="" loading="lazy" decoding="async">' in page
    assert "https://test.example/2026/03/01/a/fog.png" in site.page("/feed.xml")


def test_an_unknown_ratio_is_told(site: Site) -> None:
    site.write("templates/story.html", 'x\n{{ article.image.crop("16:10").src }}')
    report = site.build()
    problem = report.problems[0]
    assert (problem.code, problem.span.path, problem.span.line) == ("no-crop", "templates/story.html", 2)
    assert "16:9" in problem.hint


def test_why_knows_variants(site: Site) -> None:
    site.build()
    variant = next(path for path in made_of(site, "bridge") if path.endswith(".avif"))
    assert "it would be kept: all 1 answers" in why(site.folder, f"/{variant}").summary
    assert why(site.folder, "/spare.png").reads == (("the file content/spare.png", True),)
    site.write("content/spare.png", picture(12, 9, colour="blue"))
    assert "the file content/spare.png changed" in why(site.folder, "/spare.png").summary


LAZY = 'loading="lazy" decoding="async"'
RAW = """
<figure><img alt='Fog & more' src="fog.png" class="wide" width="6px"></figure>

In a line <IMG SRC=fog.png WIDTH=100%> and <a href="/b.md"><img src="/quay.jpg" loading="eager"/></a>.

<picture><source srcset="fog.png"><img src="fog.png"></picture> <img src="spare.png" srcset="spare.png 1x">
<img src="https://other.example/x.png"> <video poster="fog.png"></video>

<!-- <img src="fog.png"> -->
"""


@pytest.mark.parametrize("html", ["sanitize", "allow"])
def test_a_picture_in_raw_html_is_one_like_any_other(site: Site, html: str) -> None:
    site.write("sitegen.toml", (site.folder / "sitegen.toml").read_text() + f'[markdown]\nhtml = "{html}"\n')
    site.write("content/a/index.md", story("A", body=RAW))
    assert site.build().problems == ()
    page = site.page("/2026/03/01/a/")
    found = re.findall(r"<picture>(?:<source type[^>]*>\n?)*\s*(<img[^>]*>)</picture>", page)
    assert found == [
        f'<img src="/2026/03/01/a/fog.png" alt="Fog &amp; more" width="6" height="4" {LAZY} class="wide">',
        f'<img src="/2026/03/01/a/fog.png" alt="" width="12" height="9" {LAZY}>',
        '<img src="/quay.jpg" alt="" width="16" height="16" loading="eager" decoding="async">',
    ]
    assert page.count("fog.") == 2 * 5 + (3 if html == "sanitize" else 4)
    assert len(made_of(site, "fog")) == 1 + 2 * 2


def test_a_damaged_picture_in_raw_html_is_left_out(site: Site) -> None:
    site.write("content/a/fog.png", b"no picture")
    site.write("content/a/index.md", story("A", body="Fog: <img src='fog.png'>"))
    assert [problem.code for problem in site.build().problems] == ["broken-image"]
    assert "<img" not in site.page("/2026/03/01/a/")


SHORTCODES = """
-- themes/plain/theme.toml --
name = "plain"
api = 1
[shortcodes.photo]
required = ["src"]
-- templates/shortcodes/photo.html --
{% set it = shortcode.picture("src") %}{% if it %}{{ it.src }} {{ it.width }} {{ it.sources | length }}{% endif %}
"""


@pytest.mark.parametrize(
    ("src", "shown"),
    [
        ("fog.png", "/2026/03/01/a/fog.png 12 2"),
        ("/quay.jpg", "/quay.jpg 16 2"),
        ("https://other.example/x.png", "https://other.example/x.png 0 0"),
        ("javascript:x.png", ""),
        ("x", ""),
    ],
)
def test_a_shortcode_shows_a_picture_in_all_its_forms(site: Site, src: str, shown: str) -> None:
    site.edit(SHORTCODES)
    site.write("templates/story.html", "[{{ article.body }}]")
    site.write("content/a/index.md", story("A", body=f'{{{{< photo src="{src}" >}}}}'))
    assert site.build().problems == ()
    assert site.page("/2026/03/01/a/").replace("\n", "") == f"[{shown}]"
    assert len(made_of(site, "fog")) == (1 + 2 * 2 if src == "fog.png" else 1)


def test_a_picture_that_a_shortcode_names_and_that_is_not_there_is_told(site: Site) -> None:
    site.edit(SHORTCODES)
    site.write("content/a/index.md", story("A", body='Text.\n\n{{< photo src="fig.png" >}}'))
    (problem,) = site.build().problems
    assert (problem.code, problem.span.line, problem.span.column) == ("missing-image", 7, 11)
    assert "fog.png" in problem.hint
