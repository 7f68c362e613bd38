"""Names that several parts of the benchmarks use."""

from typing import Final

CRESTRON: Final = "crestron"
HOMESEER: Final = "homeseer"
VENDORS: Final = {CRESTRON: "Crestron Home", HOMESEER: "HomeSeer"}

HOST: Final = "127.0.0.1"
TOKEN: Final = "token-of-the-benchmark"
