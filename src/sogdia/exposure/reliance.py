"""How much of what an economy uses comes from abroad?"""

from __future__ import annotations

import numpy as np

from sogdia.concentration import Floats


def net_import_reliance(imports: Floats, exports: Floats, production: Floats) -> Floats:
    """NIR = (imports - exports) / (production + imports - exports), clipped to [0, 1].

    All three in the same unit (t of traded product), shape (records,). NaN where apparent use is not positive or
    where production is unknown (NaN): a null production is not zero.

    >>> net_import_reliance(np.array([80.0, 5.0]), np.array([0.0, 20.0]), np.array([20.0, 10.0])).tolist()
    [0.8, nan]
    """
    net = imports - exports
    use = production + net
    with np.errstate(invalid="ignore"):
        reliance = np.clip(net / np.where(use > 0, use, np.nan), 0.0, 1.0)
    return np.asarray(reliance)
