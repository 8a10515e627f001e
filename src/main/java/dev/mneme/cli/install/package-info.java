/**
 * Connecting assistants: where each keeps its MCP servers, what the entry looks like, and how to
 * put it into the file without touching anything else in it, comments included.
 *
 * <p>It may use {@code common}; it opens no data folder and writes no secret.
 */
@NullMarked
package dev.mneme.cli.install;

import org.jspecify.annotations.NullMarked;
