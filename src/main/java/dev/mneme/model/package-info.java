/**
 * Models behind interfaces of our own: language models, and the embedding models that turn texts
 * into vectors.
 *
 * <p>{@link dev.mneme.model.Models} knows the language models there are; each comes from a {@link
 * dev.mneme.model.Provider} in a package below this one. Everything that goes over a network goes
 * through {@code net}. It may use {@code net}, {@code store} and {@code common}; nobody else
 * imports LangChain4j, ONNX or a tokenizer.
 */
@NullMarked
package dev.mneme.model;

import org.jspecify.annotations.NullMarked;
