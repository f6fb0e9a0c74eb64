"""Every command the documentation shows exists, and every command is documented."""

from collections.abc import Iterator
from typing import Any

REFERENCE = "docs/reference/command-line.md"


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every command that does something, with the words that call it."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield path, command
        return
    for name, child in inner.items():
        yield from leaves(child, (*path, name))


def fault(command: Any, words: list[str]) -> str | None:
    """Say what is wrong with `words` after `command`, None where nothing is."""
    inner = getattr(command, "commands", None)
    if inner is None or not words or words[0].startswith("-"):
        return argument_fault(command, words)
    names = words[0].split("|")
    unknown = [name for name in names if name not in inner]
    if unknown:
        return f"no command '{unknown[0]}'"
    return next(filter(None, (fault(inner[name], words[1:]) for name in names)), None)


def argument_fault(command: Any, words: list[str]) -> str | None:
    """Say which option is unknown or whether a word is too many."""
    options = {
        name: option
        for option in command.params
        if option.param_type_name == "option"
        for name in (*option.opts, *option.secondary_opts)
    }
    arguments = [option for option in command.params if option.param_type_name == "argument"]
    given, rest = 0, iter(words)
    for word in rest:
        if not word.startswith("-"):
            given += 1
        elif word != "--help" and (option := options.get(word.partition("=")[0])) is None:
            return f"no option {word}"
        elif word != "--help" and "=" not in word and not (option.is_flag or option.count):
            next(rest, None)
    endless = any(argument.nargs < 0 for argument in arguments)
    return None if endless or given <= len(arguments) else f"{given} arguments are too many"


def test_every_command_shown_exists_with_its_options(pages: dict[str, Any], program: Any) -> None:
    shown = [(page.name, words) for page in pages.values() for words in page.commands]
    assert shown
    faults = [
        f"{name}: pilgi {' '.join(words)}: {found}"
        for name, words in shown
        if (found := fault(program, words))
    ]
    assert not faults


def test_every_command_and_option_is_in_the_reference(pages: dict[str, Any], program: Any) -> None:
    text = pages[REFERENCE].text
    missing = []
    for path, command in leaves(program):
        call = " ".join(("pilgi", *path))
        section = text.partition(f"\n## `{call}`\n")[2].partition("\n## ")[0]
        names = [name for option in command.params for name in option.opts if name[:2] == "--"]
        missing += [call] * (not section)
        missing += [f"{call} {name}" for name in names if f"`{name}" not in section]
    assert not missing
