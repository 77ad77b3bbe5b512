"""Whom Apple lets sign a shortcut: one root, and marks on what hangs below it.

The values were read from the Apple-signed files inside the PyPI package
shortcut-forge 0.2.1; all 20 end in the same root, which is part of each file. The
fingerprint is the one Apple publishes for "Apple Root CA - G3".
"""

from __future__ import annotations

APPLE_ROOT_CA_G3 = "63343abfb89a6a03ebb57e9b3f5fa7be7c4f5c756f3017b3a8c488c3653e9179"

APPLE_ROOTS = frozenset({APPLE_ROOT_CA_G3})
"""SHA-256 of the root certificates in DER.

"Apple Root CA", the other one, ends the chains of files signed for contacts only.
"""

INTERMEDIATE_MARK = "1.2.840.113635.100.6.2.17"
"""Apple System Integration CA 4.

Below the same root Apple certifies payment and wallet keys of any developer: without
the marks each of them could sign a shortcut here, though no iPhone would take it.
"""

LEAF_MARK = "1.2.840.113635.100.18.1"
"""What iOS itself asks of the certificate that signs a shortcut."""
