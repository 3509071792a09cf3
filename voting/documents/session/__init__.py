"""The papers of a session: 办法, 主持词, 表决票, reports, 公告. Each from facts, as .docx and as PDF."""
