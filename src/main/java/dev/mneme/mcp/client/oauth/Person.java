package dev.mneme.mcp.client.oauth;

import dev.mneme.mcp.client.wire.CallFailed;
import java.net.URI;

/** A person who can be asked to let this client in. */
public interface Person {
  /** Where the answer comes in. */
  URI redirect();

  /**
   * Shows the person an address and waits.
   *
   * @return the address they were sent back to, with what was answered
   */
  URI ask(URI authorization) throws CallFailed;
}
