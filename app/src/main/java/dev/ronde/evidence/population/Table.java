package dev.ronde.evidence.population;

import java.io.IOException;

/** One file of {@code population/}, fed with the disclosed records in index order. */
public interface Table {
    /** Path inside the bundle. */
    String path();

    void add(Leaf leaf) throws IOException;

    /** Writes what could only be known at the end; returns the number of data rows. */
    long finish() throws IOException;
}
