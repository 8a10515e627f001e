/**
 * The composition root: it reads the configuration, sets up logging, builds every part by plain
 * constructors, starts and stops them.
 *
 * <p>It may use every other package; nothing but {@code cli} uses it.
 */
@NullMarked
package dev.mneme.app;

import org.jspecify.annotations.NullMarked;
