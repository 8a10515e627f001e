/**
 * The tools that are part of the server: memory editing, archival memory, search in conversations,
 * messages to other agents, running code, reading the web.
 *
 * <p>Each answers in text that a model reads; what it throws becomes an error the model reads. It
 * may use the feature packages it works on, {@code engine.prompt} and {@code engine.web}; it knows
 * no loop.
 */
@NullMarked
package dev.mneme.engine.builtin;

import org.jspecify.annotations.NullMarked;
