"""What our own processes leave out, since each of them would start more than a second later.

nbformat imports jsonschema, which compiles the grammars of internationalised addresses when it finds the package
rfc3987_syntax. No notebook's schema has such an address. To be imported before nbformat is.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import cast

#: None in the table of modules makes an import of it fail, as if it were not installed; jsonschema goes on without.
sys.modules.setdefault("rfc3987_syntax", cast(ModuleType, None))
