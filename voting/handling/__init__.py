"""登记整理 → 分类交办 → 跟踪督办 → 答复反馈: from the office's decision to the proposer's last word.

Rules, pure: `facts` (what is kept), `clocks` (last days), `lights` (how near they are), `following` (what is
next, who must do it, what is missing). Moments, one transaction each: `deciding`, `assisting`, `working`,
`checking`, `confirming`, `urging`, `keeping` (the calendar), `reminding`.

A 征集线索 needs its source, one decision and one answer; a 代表建议 or an opinion handed to a unit carries
三定, 三访, the office's check and 答复确认. A complaint is told where to go, and nothing else.
"""
