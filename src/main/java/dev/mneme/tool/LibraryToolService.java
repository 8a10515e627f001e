package dev.mneme.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import java.util.List;
import java.util.Optional;

/** Calls the tools of one registry in one sandbox. Thread-safe. */
public final class LibraryToolService implements ToolService {
  private static final int MAX_SCRIPT = 256 * 1024;

  private final ToolRegistry registry;
  private final ToolBackend backend;
  private final SchemaReader reader;
  private final ToolLimits scriptLimits;
  private final ToolAssembler assembler;
  private final ArgumentCheck arguments = new ArgumentCheck();

  /**
   * @param libraryLimits the operator's limits for library tools, shown by {@link #check}
   * @param scriptLimits the operator's limits for scripts
   */
  public LibraryToolService(
      ToolRegistry registry,
      ToolBackend backend,
      SchemaReader reader,
      ToolLimits libraryLimits,
      ToolLimits scriptLimits) {
    this.registry = registry;
    this.backend = backend;
    this.reader = reader;
    this.scriptLimits = scriptLimits;
    this.assembler = new ToolAssembler(libraryLimits);
  }

  @Override
  public ToolOutcome call(Caller caller, String name, ObjectNode given, ToolListener listener) {
    LibraryTool tool =
        registry
            .catalog()
            .find(name)
            .orElseThrow(() ->
                MnemeException.notFound(
                    "unknown_tool", "There is no tool of that name; list the tools."));
    ObjectNode checked = arguments.check(tool, given);
    InputFiles files =
        tool.takesFiles() ? InputFiles.read(checked.path(InputFiles.ARGUMENT)) : InputFiles.NONE;
    if (tool.takesFiles()) {
      checked.remove(InputFiles.ARGUMENT);
    }
    ToolCall call =
        new ToolCall(
            caller,
            tool.identity(),
            tool.code(),
            Optional.of(tool.function()),
            checked,
            tool.limits(),
            listener);
    return backend.call(call.with(Setup.of(files)));
  }

  @Override
  public ToolOutcome runPython(Caller caller, String code, Setup setup, ToolListener listener) {
    if (code.isBlank()) {
      throw MnemeException.invalid("empty_code", "The code is empty: send Python source.");
    }
    if (code.length() > MAX_SCRIPT) {
      throw MnemeException.limit(
          "code_too_large", "The code has more than " + MAX_SCRIPT + " characters: shorten it.");
    }
    ToolCode script = ToolCode.of("script.py", code, Trust.UNTRUSTED);
    ToolCall call =
        new ToolCall(
            caller,
            ToolIdentity.script(code),
            script,
            Optional.empty(),
            JsonNodeFactory.instance.objectNode(),
            scriptLimits,
            listener);
    return backend.call(call.with(setup));
  }

  @Override
  public ToolCheck check(String fileName, String source) {
    if (source.length() > LibraryFolder.MAX_BYTES) {
      return new ToolCheck(
          Optional.empty(),
          List.of(ToolProblem.of(fileName, 0, "the file is too large", "split or shorten it")));
    }
    return assembler.assemble(fileName, source, reader.read(fileName, source));
  }
}
