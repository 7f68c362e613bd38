"""Any home: no vendor, no Home Assistant."""
