"""Tracebacks that show the user's own files and nothing of what runs them."""

_MAX_FRAMES = 40
_MAX_CHAIN = 5

# Name to source, of the files that belong to the call.
files = {}


def text_of(error):
    name = type(error).__name__
    try:
        text = str(error)
    except BaseException:
        text = "<its text could not be made>"
    return name + ": " + text if text else name


def _frames(error, lines):
    entry = error.__traceback__
    found = []
    while entry is not None:
        code = entry.tb_frame.f_code
        if code.co_filename in files:
            found.append((code.co_filename, entry.tb_lineno, code.co_name))
        entry = entry.tb_next
    shown = 0
    index = 0
    while index < len(found):
        file, line, name = frame = found[index]
        same = 1
        while index + same < len(found) and found[index + same] == frame:
            same += 1
        index += same
        shown += 1
        if shown > _MAX_FRAMES:
            lines.append("  ... " + str(len(found) - index + same) + " more ...")
            break
        lines.append('  File "' + file + '", line ' + str(line) + ", in " + name)
        source = lines_of(file)
        if line is not None and 0 < line <= len(source):
            lines.append("    " + source[line - 1].strip()[:200])
        if same > 1:
            lines.append("  [Previous line repeated " + str(same - 1) + " more times]")
    return len(found)


def traceback_of(error, depth=0):
    lines = []
    if depth < _MAX_CHAIN:
        if error.__cause__ is not None and error.__cause__ is not error:
            lines.append(traceback_of(error.__cause__, depth + 1))
            lines.append("The above exception was the direct cause of the following exception:\n")
        elif error.__context__ is not None and not error.__suppress_context__:
            lines.append(traceback_of(error.__context__, depth + 1))
            lines.append("During handling of the above exception, another exception occurred:\n")
    lines.append("Traceback (most recent call last):")
    count = _frames(error, lines)
    if isinstance(error, SyntaxError) and error.filename in files:
        lines.append('  File "' + error.filename + '", line ' + str(error.lineno))
        if error.text:
            lines.append("    " + error.text.strip()[:200])
        count += 1
    if count == 0:
        lines.pop()
    lines.append(text_of(error))
    return "\n".join(lines) + "\n"


def lines_of(file):
    """The lines of a source; split when a traceback needs them, because that takes as long as a call."""
    source = files[file]
    if type(source) is str:
        source = files[file] = source.splitlines()
    return source
