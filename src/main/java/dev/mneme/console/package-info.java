/** The web pages of the server. They hold no data of their own and need nothing from elsewhere. */
@NullMarked
package dev.mneme.console;

import org.jspecify.annotations.NullMarked;
