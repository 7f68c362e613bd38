"""What Home Assistant's core asks of its own integrations, asked of this one."""
