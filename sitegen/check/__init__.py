"""The copy desk: everything that can be wrong with a site, found without building it to disk.

A `Rule` is a declaration and a function from data to findings. There are three kinds, by what they look at::

    rule        what a rule and a finding are          registry    all rules
    copy        one file, as writers see it            prose       the words of it that readers see
    paper       the whole site at one instant          proofs      its rendered pages

    of a file   headlines, writing, style, spelling, pictures
    of the site names, dates, copies, media, credits
    of pages    links (and places, where they stand), external, leaks (and needles, what is looked for)

`desk` has all of them applied, `silence` takes out what a writer has seen and wants so, `fixing` mends what is
mechanical, and `formats` tells it to people and programs. What was found in a file that has not changed is `kept`.
"""

__all__: list[str] = []
