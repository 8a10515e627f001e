package dev.mneme.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Owner;

/** Calls library tools and runs scripts. Thread-safe; calls wait for a worker and for their end. */
public interface ToolService {
  /**
   * Calls a library tool.
   *
   * @throws dev.mneme.common.MnemeException {@code unknown_tool}, {@code invalid_arguments} with
   *     every argument that does not fit the schema, or as {@link InputFiles#read}
   */
  ToolOutcome call(Caller caller, String name, ObjectNode arguments, ToolListener listener);

  /**
   * Runs a script that a model wrote, untrusted.
   *
   * @param setup the files it is given, and the session it runs in
   */
  ToolOutcome runPython(Caller caller, String code, Setup setup, ToolListener listener);

  /** As above, with nothing laid out for it. */
  default ToolOutcome runPython(Caller caller, String code, ToolListener listener) {
    return runPython(caller, code, Setup.NONE, listener);
  }

  /** The checks of a tool file that is in no library: its header, then its schema. */
  ToolCheck check(String fileName, String source);

  /** As above, for an owner's client. */
  default ToolOutcome call(Owner owner, String name, ObjectNode arguments, ToolListener listener) {
    return call(Caller.of(owner), name, arguments, listener);
  }

  /** As above, for an owner's client. */
  default ToolOutcome runPython(Owner owner, String code, ToolListener listener) {
    return runPython(Caller.of(owner), code, Setup.NONE, listener);
  }
}
