package dev.mneme.message;

/**
 * Told, after the commit and on the thread of whoever wrote, that there are other messages than
 * before. It has to return at once.
 */
public interface MessageListener {
  /** Somebody who does not care. */
  MessageListener NONE =
      new MessageListener() {
        @Override
        public void written() {}

        @Override
        public void removed(String agentId) {}
      };

  /** Messages were stored. */
  void written();

  /** All messages of an agent are gone. */
  void removed(String agentId);
}
