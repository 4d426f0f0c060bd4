"""`hoso doctor`: whether database, pages, keys and receipts still fit each other."""
