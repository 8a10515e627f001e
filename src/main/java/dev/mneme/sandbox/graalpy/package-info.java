/**
 * The GraalPy back end: how its worker processes are started and locked in, and the settings.
 *
 * <p>It may use {@code sandbox}, {@code tool} and {@code common}; only its sub-package {@code
 * worker}, which runs in another process, knows GraalVM.
 */
@NullMarked
package dev.mneme.sandbox.graalpy;

import org.jspecify.annotations.NullMarked;
