package dev.mneme.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Executor;

/**
 * LangChain4j's quantized all-MiniLM-L6-v2 with a bounded session: as it ships, every call starts a
 * native thread a core and they spin while they wait, which starves everything else in the process.
 */
final class BoundedMiniLm extends AbstractInProcessEmbeddingModel {
  private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
  private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

  private final OnnxBertBiEncoder encoder;
  private final OrtSession session;

  BoundedMiniLm(Executor executor) {
    super(executor);
    try (InputStream model = resource(MODEL);
        InputStream tokenizer = resource(TOKENIZER)) {
      OrtEnvironment environment = OnnxLibrary.load();
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        // The parallel unit is a text, not a matrix: two texts at once beat one text on two cores.
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        session = environment.createSession(model.readAllBytes(), options);
      }
      encoder = new OnnxBertBiEncoder(environment, session, tokenizer, PoolingMode.MEAN);
    } catch (IOException | OrtException e) {
      throw MnemeException.internal(
          "embedding_model_broken", "The embedding model could not be loaded.", e);
    }
  }

  @Override
  protected OnnxBertBiEncoder model() {
    return encoder;
  }

  void close() throws OrtException {
    session.close();
  }

  private static InputStream resource(String name) throws IOException {
    InputStream stream = BoundedMiniLm.class.getResourceAsStream(name);
    if (stream == null) {
      throw new IOException("no resource " + name);
    }
    return stream;
  }
}
