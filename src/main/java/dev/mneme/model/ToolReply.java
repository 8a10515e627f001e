package dev.mneme.model;

/**
 * What a tool answered, as the model reads it.
 *
 * @param id of the {@link ToolRequest}
 */
public record ToolReply(String id, String name, String text, boolean isError) {}
