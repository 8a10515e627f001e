/**
 * Agents at work over REST: sending to them, following and cancelling runs, and what is kept of
 * runs and steps. Translation only: engine and {@code run} do the work.
 */
@NullMarked
package dev.mneme.api.runs;

import org.jspecify.annotations.NullMarked;
