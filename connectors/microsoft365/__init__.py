"""Microsoft 365 by Graph, with O365 and MSAL: mailboxes, lists and drives as the subject's ports."""
