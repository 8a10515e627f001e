package dev.mneme.launcher;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Tests of a class that may run while those of another such class do: they measure nothing that a
 * busy machine changes, choose their ports by the system, and look only at processes, containers
 * and files they made themselves.
 */
@Tag("beside")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Beside {}
