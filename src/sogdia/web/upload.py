"""A file that a browser sends: refused early, taken in parts, kept in a folder of its own for as long as it is read."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from tempfile import mkdtemp

from anyio import to_thread
from starlette.requests import ClientDisconnect, Request

from sogdia.tabular.archive import ZIP_MAGIC
from sogdia.web.intake import Intake
from sogdia.web.limits import UPLOAD_BYTES, UPLOAD_SECONDS, UPLOADS
from sogdia.web.reply import BUSY, Reply, sorry

FORMS = ("application/octet-stream", "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
LARGE = f"A file has {UPLOAD_BYTES // 2**20} MB at most."
FORM = "Send the file itself, as application/octet-stream."


class Uploads:
    """Few at a time."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._room = asyncio.Semaphore(UPLOADS)

    async def take(self, request: Request) -> Reply:
        """What the file holds, or why it is refused."""
        if request.headers.get("content-type", "").split(";")[0].strip().lower() not in FORMS:
            return sorry(415, FORM)
        length = request.headers.get("content-length")
        if length is not None and (not length.isdecimal() or int(length) > UPLOAD_BYTES):
            return sorry(413, LARGE)
        if self._room.locked():
            return sorry(BUSY, "Other files are being read. Send it again.")
        async with self._room:
            folder = Path(await to_thread.run_sync(mkdtemp, None, "sogdia-"))
            try:
                return await self._read(request, folder)
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    async def _read(self, request: Request, folder: Path) -> Reply:
        raw = folder / "raw"
        try:
            async with asyncio.timeout(UPLOAD_SECONDS):
                whole = await _received(request, raw)
        except TimeoutError:
            return sorry(408, "The file took too long to arrive.")
        except ClientDisconnect:
            return sorry(400, "The file did not arrive.")
        if not whole:
            return sorry(413, LARGE)
        with raw.open("rb") as file:
            packed = file.read(len(ZIP_MAGIC)) == ZIP_MAGIC
        return await self._intake.read(raw.rename(folder / f"purchases.{'xlsx' if packed else 'csv'}"))


async def _received(request: Request, path: Path) -> bool:
    """Write what arrives; whether all of it was within the limit."""
    total = 0
    with path.open("xb") as file:
        async for part in request.stream():
            total += len(part)
            if total > UPLOAD_BYTES:
                return False
            file.write(part)
    return True
