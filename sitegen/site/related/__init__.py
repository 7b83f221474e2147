"""Related stories: from what each story is like to the list under it.

`vectors` weighs terms by their rarity, `ranking` compares stories, `lists` keeps the lists of all stories up to date,
`index` is what a session asks, `update` how it gets from one session to the next, `ladder` puts before it what the
editor picked and the rest of the series.
"""
