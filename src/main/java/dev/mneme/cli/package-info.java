/**
 * The commands of {@code mneme}: what the user types, the exit code, and one line for each error.
 *
 * <p>Commands read arguments and print; the work is done by {@code app} and the services below it.
 */
@NullMarked
package dev.mneme.cli;

import org.jspecify.annotations.NullMarked;
