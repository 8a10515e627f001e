/**
 * Files that code made, kept for a while so that a later call can be given them by their ids
 * instead of their contents.
 *
 * <p>Each belongs to an owner; how many, how large and how long is bounded. It may use {@code
 * store}, {@code tool} and {@code common}.
 */
@NullMarked
package dev.mneme.sandbox.keep;

import org.jspecify.annotations.NullMarked;
