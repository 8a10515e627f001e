package dev.mneme.search;

/** One kind of documents in the index. The flags are set by the index thread and read by all. */
final class Track {
  private final Rows rows;
  private final DocumentWriter documents;
  private final IndexChanges changes;
  private volatile boolean ready;
  private volatile boolean filling;

  /**
   * @param model the name of the model; empty: no vectors
   */
  Track(Rows rows, DocumentWriter documents, String model, VectorWork work) {
    this.rows = rows;
    this.documents = documents;
    this.changes = new IndexChanges(rows, documents, model, work);
  }

  Rows rows() {
    return rows;
  }

  DocumentWriter documents() {
    return documents;
  }

  /** For the index thread only. */
  IndexChanges changes() {
    return changes;
  }

  /** Whether the index has the words of every row. */
  boolean ready() {
    return ready;
  }

  /** Whether stored vectors are still on their way into the index. */
  boolean filling() {
    return filling;
  }

  /** The words are there now. */
  void built(IndexBuild.Built built) {
    changes.built(built);
    filling = changes.lacksVectors();
    ready = true;
  }

  void filled() {
    filling = false;
  }

  void closed() {
    ready = false;
    filling = false;
  }
}
