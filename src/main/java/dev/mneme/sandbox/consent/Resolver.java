package dev.mneme.sandbox.consent;

import dev.mneme.common.Owner;
import java.util.Optional;

/**
 * Who agrees or refuses.
 *
 * @param name for the books
 * @param owner whose calls are its own; absent for the operator at the data folder
 */
public record Resolver(String name, Optional<Owner> owner) {
  /** Whoever may write in the data folder. */
  public static final Resolver OPERATOR = new Resolver("operator", Optional.empty());

  /** A caller whose key has the scope to approve. */
  public static Resolver of(Owner owner) {
    return new Resolver(owner.id(), Optional.of(owner));
  }
}
