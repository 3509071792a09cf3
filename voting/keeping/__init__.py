"""保存期限: what is kept until when, what is erased on its day, and what may not be erased yet."""
