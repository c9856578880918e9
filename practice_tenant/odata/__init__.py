"""The part of OData that Graph speaks: options, filters, selection, expansion and pages."""
