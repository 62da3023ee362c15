package dev.ronde.evidence.sample;

import dev.ronde.evidence.population.Leaf;
import java.util.UUID;

/**
 * What was drawn from one table of a freeze, by the newest record of it.
 *
 * @param size how many were asked for, of each value of the stratum where there is one
 * @param drawn how many rows that gave
 * @param seedSource {@code given}, or {@code checkpoint}
 * @param stratifiedBy a column; empty without
 * @param drawnBy who drew first
 * @param givenBy who gave the seed, where that is not who drew first; empty otherwise
 * @param drawnAt when it was drawn last
 */
public record Sample(
        UUID freezeId,
        String name,
        String population,
        String populationSha256,
        String seed,
        String seedSource,
        long size,
        long drawn,
        String stratifiedBy,
        String drawnBy,
        String givenBy,
        String drawnAt) {
    static Sample of(Leaf leaf) {
        return new Sample(
                UUID.fromString(leaf.subjectId()),
                leaf.field("name"),
                leaf.field("population"),
                leaf.field("populationSha256"),
                leaf.field("seed"),
                leaf.field("seedSource"),
                Long.parseLong(leaf.field("size")),
                Long.parseLong(leaf.field("drawn")),
                leaf.field("stratifiedBy"),
                leaf.actorRef(),
                leaf.privateText("given_by"),
                leaf.occurredAt().toString());
    }

    /** The same, with whoever drew first: an extension has no seed of its own. */
    Sample seededAs(Sample first) {
        return new Sample(
                freezeId,
                name,
                population,
                populationSha256,
                seed,
                seedSource,
                size,
                drawn,
                stratifiedBy,
                first.drawnBy,
                first.givenBy,
                drawnAt);
    }

    SampledTable table() {
        return SampledTable.of(population).orElseThrow();
    }

    Draw draw() {
        return new Draw(seed, table().item(), Math.toIntExact(size), stratifiedBy);
    }
}
