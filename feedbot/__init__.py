"""feedbot: topic feeds from news sites that have none.

Read the modules in this order to follow one article from URL to feed file:
`model`, `config`, `fetch`, `discover`, `extract`, `fingerprint`, `decide`, `topics`,
`store`, `publish`, and `poll`, which joins them; then `schedule` and `cli`.
"""
