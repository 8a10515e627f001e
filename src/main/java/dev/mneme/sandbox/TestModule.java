package dev.mneme.sandbox;

import dev.mneme.tool.ToolCode;

/**
 * A module that tests may import.
 *
 * @param module the name it is imported by
 */
public record TestModule(String module, ToolCode code) {}
