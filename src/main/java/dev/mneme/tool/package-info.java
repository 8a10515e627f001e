/**
 * Tools: their records, the registry, the library folder, the schema of a Python function.
 *
 * <p>It declares {@link dev.mneme.tool.ToolBackend}, which the sandboxes implement, and runs no
 * tool code itself. It may use {@code store} and {@code common}.
 */
@NullMarked
package dev.mneme.tool;

import org.jspecify.annotations.NullMarked;
