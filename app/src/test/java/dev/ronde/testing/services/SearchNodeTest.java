package dev.ronde.testing.services;

import static dev.ronde.testing.services.Standing.exposed;
import static dev.ronde.testing.services.Standing.guarded;
import static dev.ronde.testing.services.Standing.halfway;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.catalogue.Severity;
import dev.ronde.testing.Needs;
import dev.ronde.testing.services.ServiceProbes.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Elasticsearch and OpenSearch as they are, with a document and an index named after the canary. */
@Tag("service")
@Tag("long")
class SearchNodeTest {
    private static final String CHECK = "elasticsearch-anonymous-access";

    @Test
    @Needs("target/nodes/elasticsearch/lib")
    void elasticsearch() {
        try (SearchNode node = SearchNode.elasticsearch("open")) {
            assertOpen(ServiceProbes.check(CHECK, exposed(node)), "elasticsearch", "7.10.2");
        }
        try (SearchNode node = SearchNode.elasticsearch("banner")) {
            Verdict verdict = ServiceProbes.check(CHECK, halfway(node));
            assertThat(verdict.word()).isEqualTo("fail [banner-closed]");
            assertThat(verdict.judgement().severity()).isEqualTo(Severity.MEDIUM);
        }
        try (SearchNode node = SearchNode.elasticsearch("protected")) {
            assertClosed(ServiceProbes.check(CHECK, guarded(node)));
        }
    }

    @Test
    @Needs("target/nodes/opensearch/lib")
    void openSearch() {
        try (SearchNode node = SearchNode.openSearch("open")) {
            assertOpen(ServiceProbes.check(CHECK, exposed(node)), "opensearch", "2.19.6");
        }
        try (SearchNode node = SearchNode.openSearch("protected")) {
            assertClosed(ServiceProbes.check(CHECK, guarded(node)));
        }
    }

    private static void assertOpen(Verdict verdict, String product, String version) {
        Map<?, ?> root = verdict.facts("root");
        assertThat(root.get("status")).isEqualTo(200L);
        assertThat(root.get("product")).isEqualTo(product);
        assertThat(root.get("version")).isEqualTo(version);
        assertThat((Long) root.get("bytesRead")).isBetween(300L, 1_500L);
        assertThat(verdict.word()).isEqualTo("fail [banner-closed, cluster-api-closed]");
        assertThat(verdict.judgement().severity()).isEqualTo(Severity.CRITICAL);
    }

    private static void assertClosed(Verdict verdict) {
        assertThat(verdict.facts("root").get("status")).isEqualTo(401L);
        assertThat(verdict.facts("root").get("product")).isEqualTo("hidden");
        assertThat(verdict.facts("health").get("status")).isEqualTo(401L);
        assertThat(verdict.word()).isEqualTo("pass");
    }
}
