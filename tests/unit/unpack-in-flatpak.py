#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""unpack-in-flatpak CLI WORKER MANIFEST: archives open in a Flatpak, with the permissions of the manifest.

No runtime is fetched: one is made of the libraries that the programs have here, under the name that the manifest asks
for. The rest is Flatpak's own: its namespaces, its filter, its folders. All of it stands in a folder of its own, and
nothing is left behind."""

import json
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile
import zipfile

N_TESTS = 3
LOG = (
    '<![LOG[Contoso device is not provisioned]LOG]!><time="09:12:41.327+300" date="11-18-2026" '
    'component="CoManagementHandler" context="" type="1" thread="7120" file="a.cpp:1">\r\n'
)
LIBRARIES = "lib/" + platform.machine() + "-linux-gnu"


class Unable(Exception):
    """There is no Flatpak that can be used here."""


def run(command, environment=None):
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, timeout=120,
                          env=environment)


def do(command, environment=None):
    result = run(command, environment)
    if result.returncode != 0:
        raise Unable(f"{command[0]} {command[1]}: {result.stderr.strip().splitlines()[-1:]}")
    return result.stdout


def find_program(name):
    path = shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin")
    if path is None:
        raise Unable(f"there is no {name}")
    return path


def copy_runtime(usr, programs, tools):
    """What the programs are linked with, in the folders of Debian, and the tools."""
    for folder in ("bin", "etc", "lib64", LIBRARIES):
        (usr / folder).mkdir(parents=True)
    (usr / "sbin").symlink_to("bin")
    for tool in tools:
        shutil.copy(tool, usr / "bin")
    for program in (*programs, *tools):
        for word in run(["ldd", program]).stdout.split():
            if word.startswith("/"):
                folder = "lib64" if word.startswith("/lib64/") else LIBRARIES
                shutil.copy(word, usr / folder)


def write_metadata(path, kind, name, manifest):
    machine = platform.machine()
    version = manifest["runtime-version"]
    path.write_text(f"[{kind}]\nname={name}\nruntime={manifest['runtime']}/{machine}/{version}\n"
                    f"sdk={manifest['sdk']}/{machine}/{version}\n", encoding="utf-8")


def install(folder, cli, worker, manifest, environment):
    runtime, app, repository = folder / "runtime", folder / "app", folder / "repository"
    tools = [find_program(name) for name in ("true", "unshare", "ldconfig")]
    copy_runtime(runtime / "usr", [cli, worker], tools)
    (runtime / "files").mkdir()
    write_metadata(runtime / "metadata", "Runtime", manifest["runtime"], manifest)

    # A program that was not installed looks for its worker beside itself.
    for name, program in (("bin", cli), ("unpack", worker)):
        (app / "files" / name).mkdir(parents=True)
        shutil.copy(program, app / "files" / name)
    write_metadata(app / "metadata", "Application", manifest["id"], manifest)

    do(["flatpak", "build-export", "--runtime", "--disable-sandbox", repository, runtime, manifest["runtime-version"]],
       environment)
    do(["flatpak", "build-finish", "--command=cotrace-cli", *manifest["finish-args"], app], environment)
    do(["flatpak", "build-export", "--disable-sandbox", repository, app], environment)
    do(["flatpak", "--user", "remote-add", "--no-gpg-verify", "here", f"file://{repository}"], environment)
    do(["flatpak", "--user", "install", "-y", "--noninteractive", "here", manifest["id"]], environment)


def tell(number, good, what, result):
    print("ok" if good else "not ok", number, "-", what, flush=True)
    if not good:
        print("\n".join(f"# {line}" for line in (result.stdout + result.stderr).splitlines()), flush=True)
    return good


def check(folder, manifest, environment):
    # The leak check traces the process, which is refused in there.
    inside = ["flatpak", "--user", "run", "--env=ASAN_OPTIONS=detect_leaks=0"]
    do([*inside, "--command=true", manifest["id"]], environment)

    result = run([*inside, "--command=unshare", manifest["id"], "--user", "true"], environment)
    good = tell(1, result.returncode != 0, "Flatpak's filter refuses", result)

    # Its own folder is the only one that it may read without asking.
    bundle = folder / "home/.var/app" / manifest["id"] / "data/bundle.zip"
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("CoManagementHandler.log", LOG * 500)
    result = run([*inside, manifest["id"], "info", bundle], environment)
    good &= tell(2, result.returncode == 0 and "500" in result.stdout, "an archive is read", result)

    outside = folder / "home/bundle.zip"
    shutil.copy(bundle, outside)
    result = run([*inside, manifest["id"], "info", outside], environment)
    good &= tell(3, result.returncode != 0, "the home folder is not seen", result)
    return good


def main():
    cli, worker = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
    manifest = json.loads(pathlib.Path(sys.argv[3]).read_text(encoding="utf-8"))
    print(f"1..{N_TESTS}", flush=True)
    with tempfile.TemporaryDirectory(prefix="cotrace-flatpak-", dir="/var/tmp") as name:
        folder = pathlib.Path(name)
        environment = {"PATH": os.environ["PATH"], "HOME": str(folder / "home"), "LC_ALL": "C.UTF-8",
                       "FLATPAK_USER_DIR": str(folder / "user"), "XDG_RUNTIME_DIR": str(folder / "run")}
        (folder / "home").mkdir()
        (folder / "run").mkdir(mode=0o700)
        try:
            if shutil.which("flatpak") is None:
                raise Unable("there is no flatpak")
            install(folder, cli, worker, manifest, environment)
            return 0 if check(folder, manifest, environment) else 1
        except Unable as reason:
            for number in range(1, N_TESTS + 1):
                print(f"ok {number} # SKIP {reason}")
            return 0


sys.exit(main())
