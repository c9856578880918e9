"""The page: the practice school's Outlook, lists, files and clock, for people in a browser."""
