"""HomeSeer systems, through their JSON API, local or through MyHS."""
