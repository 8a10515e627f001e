package dev.mneme.model;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A tool as a model sees it.
 *
 * @param parameters JSON Schema of type object; not to be changed
 */
public record ToolSpec(String name, String description, ObjectNode parameters) {}
