/**
 * What every other package may use: ids, JSON, owners and the kinds of error.
 *
 * <p>It imports nothing of Mneme and holds no state of its own.
 */
@NullMarked
package dev.mneme.common;

import org.jspecify.annotations.NullMarked;
