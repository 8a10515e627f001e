/**
 * What works on this machine and what does not: the checks behind {@code mneme doctor}.
 *
 * <p>Checks change nothing and need no data folder of their own; it may use {@code app} and below.
 */
@NullMarked
package dev.mneme.cli.doctor;

import org.jspecify.annotations.NullMarked;
