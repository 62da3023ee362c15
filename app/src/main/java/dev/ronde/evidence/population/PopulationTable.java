package dev.ronde.evidence.population;

import java.io.IOException;

/** One file of {@code population/}, fed with the disclosed records in index order. */
interface PopulationTable {
    void add(Leaf leaf) throws IOException;

    default void finish() throws IOException {}
}
