"""Calls of the program, and something for it to read."""

from __future__ import annotations

import os
import subprocess
import sys

from click.testing import CliRunner, Result

from cleaner.commands import cleaner

TEXT = (
    "دشنت شركة النقل في العاصمة خطا جديدا للحافلات الكهربائية يربط الضاحية الغربية بوسط المدينة.\n"
    "ويعمل على الخط عشرون سائقا تدربوا ثلاثة أشهر على قيادة الحافلات وصيانتها اليومية."
)
BOILERPLATE = "\nشارك على فيسبوك"


def call(*arguments: object) -> Result:
    """Return what `cleaner` with *arguments* did."""
    return CliRunner().invoke(cleaner, [str(argument) for argument in arguments], prog_name="cleaner")


def shell(command: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Return what `cleaner` did, called by a shell with *arguments* as $1, $2 ..."""
    program = ["sh", "-c", f'"{sys.executable}" -m cleaner {command}', "sh", *map(str, arguments)]
    return subprocess.run(program, capture_output=True, check=False, env={**os.environ, **environment})
