"""The names of the servers that mail passes, in the shape of Exchange Online's, under a domain that nobody has."""

MAILBOX_NAME = "LO0P265MB0412"
"""The mailbox server's short name, with which Outlook's Message-IDs begin."""
MAILBOX = f"{MAILBOX_NAME}.GBRP265.PROD.OUTLOOK.EXAMPLE"
HUB = "CWLP265MB2041.GBRP265.PROD.OUTLOOK.EXAMPLE"
FRONT = "LO2P265CA0188.outlook.office365.example"
EDGE = "CWXGBR01FT004.mail.protection.outlook.example"

# Addresses of the blocks for documentation (RFC 5737, RFC 3849).
SENDER_IP = "192.0.2.10"
MAILBOX_IP, HUB_IP, FRONT_IP, EDGE_IP = (
    "2001:db8:600:1::12",
    "2001:db8:400:f6::9",
    "2001:db8:600:9d::7",
    "198.51.100.92",
)

VERSION = "15.20.9412.14"
TLS = "version=TLS1_2,\r\n cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
