package dev.mneme.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What the syntax tree of a tool file says about its function.
 *
 * @param function the Python name of the function that is the tool
 * @param description from the docstring: summary, long part, examples
 * @param input JSON Schema of the arguments, always of type object; not to be changed
 * @param output JSON Schema of the result when the return annotation is a known object type
 * @param adapted whether arguments must be turned into Python objects (data classes, tuples) before
 *     the function can take them
 */
public record ToolSchema(
    String function,
    String description,
    ObjectNode input,
    Optional<ObjectNode> output,
    boolean adapted) {
  public ToolSchema {
    input = input.deepCopy();
    output = output.map(ObjectNode::deepCopy);
  }
}
