package dev.ronde.testing.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.probe.ProbeResult;
import dev.ronde.testing.Needs;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Elasticsearch and OpenSearch as they are, with a document and an index named after the canary. */
@Tag("service")
@Tag("long")
class SearchNodeTest {
    private static final String TYPE = "elasticsearch.anonymous";

    @Test
    @Needs("target/nodes/elasticsearch/lib")
    void elasticsearch() {
        try (SearchNode node = SearchNode.elasticsearch("open")) {
            assertOpen(ServiceProbes.collect(TYPE, node), "elasticsearch", "7.10.2");
        }
        try (SearchNode node = SearchNode.elasticsearch("banner")) {
            ProbeResult.Collected result = ServiceProbes.collect(TYPE, node);
            assertThat(ServiceProbes.facts(result, "root").get("status")).isEqualTo(200L);
            assertThat(ServiceProbes.facts(result, "health").get("status")).isEqualTo(401L);
        }
        try (SearchNode node = SearchNode.elasticsearch("protected")) {
            assertClosed(ServiceProbes.collect(TYPE, node));
        }
    }

    @Test
    @Needs("target/nodes/opensearch/lib")
    void openSearch() {
        try (SearchNode node = SearchNode.openSearch("open")) {
            assertOpen(ServiceProbes.collect(TYPE, node), "opensearch", "2.19.6");
        }
        try (SearchNode node = SearchNode.openSearch("protected")) {
            assertClosed(ServiceProbes.collect(TYPE, node));
        }
    }

    private static void assertOpen(ProbeResult.Collected result, String product, String version) {
        Map<?, ?> root = ServiceProbes.facts(result, "root");
        assertThat(root.get("status")).isEqualTo(200L);
        assertThat(root.get("product")).isEqualTo(product);
        assertThat(root.get("version")).isEqualTo(version);
        assertThat(ServiceProbes.facts(result, "health").get("status")).isEqualTo(200L);
        assertThat((Long) root.get("bytesRead")).isBetween(300L, 1_500L);
    }

    private static void assertClosed(ProbeResult.Collected result) {
        assertThat(ServiceProbes.facts(result, "root").get("status")).isEqualTo(401L);
        assertThat(ServiceProbes.facts(result, "root").get("product")).isEqualTo("hidden");
        assertThat(ServiceProbes.facts(result, "health").get("status")).isEqualTo(401L);
    }
}
