/**
 * Agents: who remembers. An agent has a name, and holds blocks and archives of {@code memory}.
 *
 * <p>It may use {@code memory}, {@code secret}, {@code store} and {@code common}. How an agent
 * thinks is no concern of this package.
 */
@NullMarked
package dev.mneme.agent;

import org.jspecify.annotations.NullMarked;
