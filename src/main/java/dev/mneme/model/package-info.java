/**
 * Models behind interfaces of our own; so far the embedding models that turn texts into vectors.
 *
 * <p>One runs inside the process and needs no key, the other asks an OpenAI-compatible endpoint
 * through {@code net}. It may use {@code net} and {@code common}; nobody else imports LangChain4j
 * or ONNX.
 */
@NullMarked
package dev.mneme.model;

import org.jspecify.annotations.NullMarked;
