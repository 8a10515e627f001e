package dev.mneme.tool;

/**
 * A tool that came as source.
 *
 * @param function the function of the source that is called
 */
record CustomTool(StoredTool tool, String function) {}
