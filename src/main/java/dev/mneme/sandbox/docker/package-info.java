/**
 * The container back end: the image, hardened containers as workers, each for one trust domain, and
 * what becomes of those that are left over.
 *
 * <p>It may use {@code sandbox}, {@code tool} and {@code common}; its sub-package {@code wire} is
 * the only way to the engine while calls run.
 */
@NullMarked
package dev.mneme.sandbox.docker;

import org.jspecify.annotations.NullMarked;
