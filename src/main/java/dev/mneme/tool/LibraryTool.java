package dev.mneme.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A tool of the library that can be called now.
 *
 * @param identity what policy knows it as
 * @param name unique in the catalog, at most 64 characters
 * @param title for people
 * @param inputSchema JSON Schema of type object; not to be changed
 * @param outputSchema likewise, where the result's form is known
 * @param takesFiles whether a call may bring files, in the argument {@link InputFiles#ARGUMENT}
 * @param code what is run: the file's text, with an adapter after it where arguments need one
 * @param function the function of {@code code} to call with the arguments
 * @param limits the strictest of the file's header and the operator's defaults
 */
public record LibraryTool(
    ToolIdentity identity,
    String name,
    String title,
    String description,
    ObjectNode inputSchema,
    Optional<ObjectNode> outputSchema,
    ToolHints hints,
    boolean takesFiles,
    ToolCode code,
    String function,
    ToolLimits limits) {}
