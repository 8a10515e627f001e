/**
 * What every other package may use: ids, JSON, owners, the kinds of error, threads that give way.
 *
 * <p>It imports nothing of Mneme and holds no state of its own.
 */
@NullMarked
package dev.mneme.common;

import org.jspecify.annotations.NullMarked;
