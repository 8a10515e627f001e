/** Stored tools over REST: made from source, listed, searched, run. Translation only. */
@NullMarked
package dev.mneme.api.tools;

import org.jspecify.annotations.NullMarked;
