"""The practice school's Outlook: mailboxes, mails, and writing them."""
