"""Pure functions on text: cleaning, slugs, dates, words, languages. They know nothing of sites or files."""
