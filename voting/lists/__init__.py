"""名册: the lists an office keeps, by hand or from a spreadsheet. Entries end, none is deleted.

columns.py    what each list holds, and how a cell or a field of a form is read
kinds.py      代表, 承办单位, 村社, 类别, 家·站·室·点: one `Kind` each
table.py      a spreadsheet as rows of such fields, or every row that has to be put right
comparing.py  what a table would change in a list; pure
keeping.py    the moments: add, change, end, bring back, import
"""
