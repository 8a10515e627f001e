"""Run once while the image is built: installs what the base does not have and prepares it for a read-only system."""

import os
import subprocess
import sys

_NAMES = ("numpy", "pandas", "matplotlib")
_FOLDER = os.path.dirname(os.path.abspath(__file__))


def _is_there():
    check = "import " + ", ".join(_NAMES)
    return subprocess.run([sys.executable, "-c", check], stderr=subprocess.DEVNULL).returncode == 0


if not _is_there():
    command = [sys.executable, "-m", "pip", "install", "--no-cache-dir", "--no-compile", "--only-binary=:all:"]
    subprocess.run([*command, "-r", os.path.join(_FOLDER, "requirements.txt")], check=True)
# Matplotlib looks through all fonts at its first import and keeps the list: better here than in every container.
os.environ["MPLCONFIGDIR"] = os.path.join(_FOLDER, "matplotlib")
os.makedirs(os.environ["MPLCONFIGDIR"], exist_ok=True)
subprocess.run([sys.executable, "-c", "import matplotlib.font_manager, matplotlib.pyplot, pandas"], check=True)
