package dev.mneme.model;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a request again that failed for a reason which may pass, as long as nothing of the answer
 * was told: half an answer cannot be taken back. Thread-safe if its random generator is.
 */
final class RetryingModel implements ChatModel {
  private static final Logger log = LoggerFactory.getLogger(RetryingModel.class);

  private final ModelInfo info;
  private final Exchange exchange;
  private final RetrySettings settings;
  private final RandomGenerator random;
  private final TokenCounts tokens;

  RetryingModel(
      ModelInfo info,
      Exchange exchange,
      RetrySettings settings,
      RandomGenerator random,
      TokenCounts tokens) {
    this.tokens = tokens;
    this.info = info;
    this.exchange = exchange;
    this.settings = settings;
    this.random = random;
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public ChatReply chat(ChatRequest request, ChatListener listener) {
    for (int attempt = 0; ; attempt++) {
      ToldListener told = new ToldListener(listener);
      try {
        ChatReply reply = exchange.attempt(request, told, attempt);
        tokens.observe(info, request, reply.usage());
        return reply;
      } catch (ModelException e) {
        Optional<Duration> wait = told.any() ? Optional.empty() : wait(e, attempt);
        if (wait.isEmpty()) {
          throw e;
        }
        log.info(
            "{} failed with {}; asked again in {} ms",
            info.handle(),
            e.type().code(),
            wait.get().toMillis());
        pause(wait.get());
      }
    }
  }

  /** How long to wait before the next attempt, if there is to be one. */
  private Optional<Duration> wait(ModelException failure, int attempt) {
    int most =
        switch (failure.type()) {
          case RATE_LIMIT, ERROR, STREAM_INCOMPLETE -> settings.attempts();
          // These already took their time, or are likely to come again.
          case TIMEOUT, EMPTY_RESPONSE, INVALID_RESPONSE -> Math.min(2, settings.attempts());
          case AUTHENTICATION,
              INSUFFICIENT_CREDITS,
              BAD_REQUEST,
              CONTEXT_WINDOW_EXCEEDED,
              CANCELLED ->
              0;
        };
    if (attempt + 1 >= most) {
      return Optional.empty();
    }
    if (failure.retryAfter().isPresent()) {
      return failure
          .retryAfter()
          .filter(asked -> asked.compareTo(settings.longestAsked()) <= 0)
          .map(asked -> asked.plusMillis(random.nextLong(1 + asked.toMillis() / 10)));
    }
    long backoff =
        Math.min(settings.firstWait().toMillis() << attempt, settings.longestWait().toMillis());
    // Many agents that failed together must not come back together.
    return Optional.of(Duration.ofMillis(backoff / 2 + random.nextLong(1 + backoff / 2)));
  }

  private static void pause(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException(ModelException.Type.CANCELLED, "The request was cancelled.", e);
    }
  }

  /** Remembers whether anything was told. */
  private static final class ToldListener implements ChatListener {
    private final ChatListener listener;
    private boolean any;

    ToldListener(ChatListener listener) {
      this.listener = listener;
    }

    boolean any() {
      return any;
    }

    @Override
    public void onReasoning(String delta) {
      any = true;
      listener.onReasoning(delta);
    }

    @Override
    public void onText(String delta) {
      any = true;
      listener.onText(delta);
    }

    @Override
    public void onToolRequest(int index, String id, String name, String argumentsDelta) {
      any = true;
      listener.onToolRequest(index, id, name, argumentsDelta);
    }
  }
}
