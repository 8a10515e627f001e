package dev.mneme.model;

import java.util.List;
import java.util.Optional;

/** The language models there are. Thread-safe. */
public interface Models {
  /** What the configured providers offer; one that does not answer in time is left out. */
  List<ModelInfo> list();

  /** The model that agents get where none is named. */
  Optional<ModelInfo> byDefault();

  /**
   * @throws dev.mneme.common.MnemeException {@code unknown_model} with the handles there are, or
   *     {@code no_model} with the ways to get one when no provider is configured at all
   */
  ModelInfo info(String handle);

  /** As {@link #info}, to talk to; retries are inside. */
  ChatModel open(String handle);

  /**
   * How many tokens a text takes for a model: exact where its tokenizer is known, else estimated.
   */
  int tokens(ModelInfo model, String text);
}
