/**
 * Secrets: encryption at rest, keys derived for other uses, and masking in all that is shown.
 *
 * <p>It knows no table and no feature: it is given bytes and gives bytes back. It may use {@code
 * common} and the private files of {@code store}.
 */
@NullMarked
package dev.mneme.secret;

import org.jspecify.annotations.NullMarked;
