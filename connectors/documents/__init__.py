"""Documents as people write and read them: letters, mails, messages and policy documents."""
