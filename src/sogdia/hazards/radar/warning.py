"""What watching a lake by radar is worth: assets and shipments that a warning saves, and lakes lowered in time.

All shares are assumptions with wide ranges (table `warning`); an outburst model multiplies its own losses by them.
"""

from __future__ import annotations

from dataclasses import dataclass

from sogdia.errors import wrong_argument
from sogdia.hazards.radar.parameters import figures
from sogdia.hazards.radar.series import LakeSeries
from sogdia.uncertain import Range

NONE = Range(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class WarningEffect:
    """What remains of an outburst where its lake is watched; shares of what it is without, low to high.

    rate: outbursts a year, since lakes that give an alarm are lowered; asset_loss: of one outburst; surprise: closures
    that shippers do not know of before their cargo leaves.
    """

    rate: Range
    asset_loss: Range
    surprise: Range
    evidence: str
    source_ids: tuple[str, ...]


def warning_effect(watched: bool = True, *, drains: bool = True) -> WarningEffect:
    """The effect of radar on an outburst.

    With `s` outbursts seen before by a growing lake, `f` alarms after which the lake is lowered, `a` asset loss that a
    warning avoids and `c` closures known beforehand: `rate = 1 - s f`, `asset_loss = 1 - s a`, `surprise = 1 - s c`.
    High remains where all shares are low. watched: False for a lake that no image shows: all remains; drains: False
    where an alarm lowers no lake.

    >>> warning_effect().asset_loss.central
    0.94
    """
    rows = figures("warning")
    seen = rows["outbursts_seen_before"].value if watched else NONE

    def remains(name: str) -> Range:
        share = rows[name].value
        return Range(1 - seen.high * share.high, 1 - seen.central * share.central, 1 - seen.low * share.low)

    return WarningEffect(
        rate=remains("drainage_follows") if drains else Range(1.0, 1.0, 1.0),
        asset_loss=remains("asset_loss_avoided"), surprise=remains("surprise_avoided"),
        evidence=rows["asset_loss_avoided"].evidence,
        source_ids=tuple(dict.fromkeys(i for row in rows.values() for i in row.source_ids)),
    )  # fmt: skip


def avoided_loss_musd(loss_musd: float) -> Range:
    """The part of an expected asset loss that watching the lake avoids, low to high [million USD].

    >>> avoided_loss_musd(100.0).central
    6.0
    """
    if not loss_musd >= 0:
        raise wrong_argument("loss_musd", "a loss is 0 or more", "Give it in million USD.", loss_musd)
    left = warning_effect().asset_loss
    ends = (round(loss_musd * (1 - share), 9) for share in (left.high, left.central, left.low))
    return Range(*ends)


def drainage_called(series: LakeSeries) -> bool | None:
    """Whether a series calls for lowering its lake: the last change is growth that gives an alarm and is distinct.

    None where no two images can be compared: unknown, not "no".
    """
    if not series.changes:
        return None
    last = series.changes[-1]
    return last.alarm and last.share > 2 * last.sigma
