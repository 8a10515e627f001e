/**
 * How every REST route works: registered under each prefix, answered from one {@code Call}, errors
 * written in the form the Letta clients read. It knows no service and no route.
 */
@NullMarked
package dev.mneme.api.http;

import org.jspecify.annotations.NullMarked;
