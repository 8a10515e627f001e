/**
 * Python packages out of a folder of wheels: reads requirements, picks the wheels that fit them and
 * a Python, and unpacks these with every file checked against its hash.
 *
 * <p>It asks no network and runs no code of a package. It may use {@code common} only.
 */
@NullMarked
package dev.mneme.sandbox.packages;

import org.jspecify.annotations.NullMarked;
