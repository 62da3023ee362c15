package dev.ronde.evidence.export;

import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Knows controls that records of this installation may be mapped to. */
@FunctionalInterface
public interface FrameworkSource {
    Set<String> controls(Handle handle);
}
