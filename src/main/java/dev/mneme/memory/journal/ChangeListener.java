package dev.mneme.memory.journal;

/**
 * Is told of every change and undo, after it is durable, on the thread of the call that made it. It
 * must be quick; what it throws is logged and dropped.
 */
public interface ChangeListener {
  void changed(Changed changed);
}
