/**
 * Blocks, archives and passages over REST, those of agents too. Translation only: the services of
 * {@code memory} and {@code agent} do the work.
 */
@NullMarked
package dev.mneme.api.memory;

import org.jspecify.annotations.NullMarked;
