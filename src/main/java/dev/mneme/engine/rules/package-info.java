/**
 * Tool rules: which tools a model may call next, which end a turn, and how the prompt says so.
 *
 * <p>Pure logic over {@code agent.ToolRule}; it knows neither models nor storage.
 */
@NullMarked
package dev.mneme.engine.rules;

import org.jspecify.annotations.NullMarked;
