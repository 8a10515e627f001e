package dev.mneme.model;

/**
 * A model asks for a tool.
 *
 * @param id the provider's, unique within its reply
 * @param arguments a JSON object as text, as the model wrote it once odd JSON was repaired
 */
public record ToolRequest(String id, String name, String arguments) {}
