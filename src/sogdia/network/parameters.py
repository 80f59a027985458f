"""Small packaged tables of named figures, as `rates.Parameter` records."""

from __future__ import annotations

from importlib.resources import files

from sogdia.errors import InputError
from sogdia.network.parse_rates import PARAMETER_COLUMNS, parameter_of
from sogdia.network.rates import Parameter
from sogdia.tabular.rows import packaged_rows


def packaged_parameters(file: str, package: str = "sogdia.network") -> tuple[Parameter, ...]:
    """All rows of one table in the folder `tables` of a package; `InputError` with every fault if it was damaged."""
    rows = packaged_rows(files(package).joinpath("tables", file), PARAMETER_COLUMNS)
    parsed = [parameter_of(row) for row in rows]
    faults = [fault for _, of_row in parsed for fault in of_row]
    if faults:
        raise InputError(faults)
    return tuple(record for record, _ in parsed if record is not None)
