/**
 * Agents over REST: themselves, and the blocks, archives, passages and tools they hold. Translation
 * only: the services below do the work.
 */
@NullMarked
package dev.mneme.api.agents;

import org.jspecify.annotations.NullMarked;
