"""Small packaged tables of named figures, as `rates.Parameter` records."""

from __future__ import annotations

from importlib.resources import files

from sogdia.errors import InputError
from sogdia.network.parse_rates import PARAMETER_COLUMNS, parameter_of
from sogdia.network.rates import Parameter
from sogdia.tabular.rows import decode, read_rows


def packaged_parameters(file: str) -> tuple[Parameter, ...]:
    """All rows of one packaged table; `InputError` with every fault if the file was damaged."""
    text, faults = decode(files(__package__).joinpath("tables", file).read_bytes(), file)
    rows, more = read_rows(text, file, PARAMETER_COLUMNS, ())
    parsed = [parameter_of(row) for row in rows]
    faults = [*faults, *more, *(fault for _, of_row in parsed for fault in of_row)]
    if faults:
        raise InputError(faults)
    return tuple(record for record, _ in parsed if record is not None)
