/**
 * Pure functions over text: differences, three-way merges and the compact differences contents are
 * stored as.
 *
 * <p>It knows neither blocks nor the journal and may use {@code common} only. Every function has a
 * bounded cost, because texts come from models and strangers.
 */
@NullMarked
package dev.mneme.memory.text;

import org.jspecify.annotations.NullMarked;
