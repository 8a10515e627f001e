package dev.mneme.model.openai;

import dev.mneme.model.ChatListener;
import dev.mneme.model.ChatReply;
import dev.mneme.model.ChatRequest;
import dev.mneme.model.Exchange;
import dev.mneme.model.ModelInfo;
import dev.mneme.model.http.EndpointClient;

/** One attempt at a streamed chat completion. Thread-safe. */
final class OpenAiExchange implements Exchange {
  private final EndpointClient client;
  private final Dialect dialect;
  private final ModelInfo model;

  OpenAiExchange(EndpointClient client, Dialect dialect, ModelInfo model) {
    this.client = client;
    this.dialect = dialect;
    this.model = model;
  }

  @Override
  public ChatReply attempt(ChatRequest request, ChatListener listener, int attempt) {
    OpenAiStream stream =
        new OpenAiStream(listener, Integer.toString(request.messages().hashCode()));
    client.stream("/chat/completions", OpenAiRequest.of(request, model, dialect), stream);
    return stream.reply();
  }
}
