/**
 * This server as an OAuth 2.1 resource server: tokens of the authorization servers that the
 * operator named are checked, and it is described who issues them (RFC 9728).
 *
 * <p>Nothing of a token is believed before its signature was checked with a key of its issuer, or
 * its issuer was asked, and nobody else is shown it. It may use {@code web}, {@code net}, {@code
 * secret} and Nimbus, and is not loaded where no issuer is configured.
 */
@NullMarked
package dev.mneme.web.oauth;

import org.jspecify.annotations.NullMarked;
