"""从线索到候选项目: how the best suggestions become costed candidates, and the candidates a frozen list.

    submitted ─预审→ taken ─初选→ shortlisted ─→ slate (候选项目名单) → its bodies in turn → frozen → round
        ↑              │             ├→ reserve (储备库) ─ taken out in a later year → submitted
        └─ amend, returned           └→ dropped

Pure: `plans` (what a draft says), `drafts` (its states), `criteria` (初选), `slates` (the list and its
bodies), `fates` (what became of a suggestion), `papers` (files that bodies hand in).
One transaction each: `proposing`, `judging`, `shortlisting`, `advising`, `listing`, `passing`, `commenting`;
`overviews` reads what the pages show.
"""
