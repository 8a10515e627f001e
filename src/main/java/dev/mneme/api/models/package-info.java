/** Language and embedding models over REST, and how an agent's model looks to clients. */
@NullMarked
package dev.mneme.api.models;

import org.jspecify.annotations.NullMarked;
