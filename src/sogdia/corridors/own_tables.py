"""Which figures belong to the corridor logic itself? Small packaged tables in the shape of `network.Parameter`."""

from __future__ import annotations

from importlib.resources import files

from sogdia.corridors.network import Parameter
from sogdia.corridors.network.parse_rates import PARAMETER_COLUMNS, parameter_of
from sogdia.corridors.network.rows import decode, read_rows
from sogdia.errors import InputError


def packaged_parameters(file: str) -> tuple[Parameter, ...]:
    """All rows of one packaged table; `InputError` with every fault if the file was damaged."""
    text, faults = decode(files(__package__).joinpath(file).read_bytes(), file)
    rows, more = read_rows(text, file, PARAMETER_COLUMNS, ())
    parsed = [parameter_of(row) for row in rows]
    faults = [*faults, *more, *(fault for _, of_row in parsed for fault in of_row)]
    if faults:
        raise InputError(faults)
    return tuple(record for record, _ in parsed if record is not None)
