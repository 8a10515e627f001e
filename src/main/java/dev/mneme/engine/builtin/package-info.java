/**
 * The tools that are part of the server: memory editing, archival memory, search in conversations,
 * messages to other agents, running code.
 *
 * <p>Each answers in text that a model reads; what it throws becomes an error the model reads. It
 * may use the feature packages it works on, and {@code engine.prompt}; it knows no loop.
 */
@NullMarked
package dev.mneme.engine.builtin;

import org.jspecify.annotations.NullMarked;
