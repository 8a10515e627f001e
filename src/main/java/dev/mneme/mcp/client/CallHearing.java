package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.CallListener;
import dev.mneme.tool.ToolListener;
import java.util.Optional;

/**
 * Passes on to the caller of a tool what its server tells and asks meanwhile.
 *
 * @param sampler answers for a model, where the server may ask for one
 */
record CallHearing(String server, ToolListener listener, Optional<Sampler> sampler)
    implements CallListener {
  CallHearing(String server, ToolListener listener) {
    this(server, listener, Optional.empty());
  }

  @Override
  public void progress(double progress, double total, String message) {
    listener.progress(progress, total, message);
  }

  @Override
  public void log(String level, String text) {
    listener.log(level, text);
  }

  @Override
  public ObjectNode elicit(ObjectNode params) {
    return Elicitation.answer(server, params, listener);
  }

  @Override
  public boolean offersModel() {
    return sampler.isPresent();
  }

  @Override
  public ObjectNode sample(ObjectNode params) throws CallFailed {
    return sampler.isPresent() ? sampler.get().sample(params) : CallListener.super.sample(params);
  }
}
