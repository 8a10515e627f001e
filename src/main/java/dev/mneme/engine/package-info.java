/**
 * The agent loop: it builds what a model sees, asks it, runs the tools it asks for, keeps each
 * step, and knows when to stop. It may use every feature package below; it knows no wire format.
 *
 * <p>{@link dev.mneme.engine.AgentEngine} accepts messages; a {@code Turn} is one run of steps;
 * what a step brings is kept in one transaction by {@code StepStore}. {@code engine.rules}, {@code
 * engine.prompt} and {@code engine.builtin} know no loop.
 */
@NullMarked
package dev.mneme.engine;

import org.jspecify.annotations.NullMarked;
