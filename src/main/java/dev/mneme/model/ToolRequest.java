package dev.mneme.model;

/**
 * A model asks for a tool.
 *
 * @param id the provider's, unique within its reply
 * @param arguments a JSON object as text, once odd JSON was repaired; what could not be is here as
 *     the model wrote it, so that it can be told
 */
public record ToolRequest(String id, String name, String arguments) {}
