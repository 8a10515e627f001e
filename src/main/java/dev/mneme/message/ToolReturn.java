package dev.mneme.message;

import java.util.Optional;

/**
 * How a tool call ended.
 *
 * @param text what the model reads
 */
public record ToolReturn(
    String toolCallId,
    String tool,
    boolean isError,
    String text,
    Optional<String> stdout,
    Optional<String> stderr) {}
