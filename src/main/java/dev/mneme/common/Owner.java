package dev.mneme.common;

/**
 * Whose rows a request may see and change.
 *
 * @param id {@code user-<uuid4>}
 */
public record Owner(String id) {
  /** The owner of stdio sessions and of loopback requests without a key. */
  public static final Owner DEFAULT = new Owner("user-00000000-0000-4000-8000-000000000000");

  public Owner {
    if (!Ids.isId("user", id)) {
      throw MnemeException.invalid("invalid_owner", "An owner id has the form user-<uuid4>.");
    }
  }
}
