package dev.ronde.testing.services;

import static dev.ronde.testing.services.Standing.exposed;
import static dev.ronde.testing.services.Standing.guarded;
import static dev.ronde.testing.services.Standing.halfway;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.catalogue.Severity;
import dev.ronde.testing.Needs;
import dev.ronde.testing.services.ServiceProbes.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Elasticsearch and OpenSearch as they are, with a document and an index named after the canary. */
@Tag("service")
@Tag("long")
class SearchNodeTest {
    private static final String CHECK = "elasticsearch-anonymous-access";

    @Test
    @Needs({"target/nodes/elasticsearch/lib", "target/nodes/opensearch/lib"})
    void openHalfAndProtected() {
        List<Service> nodes = ServiceTable.started(List.of(SearchNode::elasticsearch, SearchNode::openSearch));
        try {
            SearchNode elasticsearch = (SearchNode) nodes.get(0);
            SearchNode openSearch = (SearchNode) nodes.get(1);
            assertOpen(ServiceProbes.check(CHECK, exposed(elasticsearch)), "elasticsearch", "7.10.2");
            assertOpen(ServiceProbes.check(CHECK, exposed(openSearch)), "opensearch", "2.19.6");
            Verdict verdict = ServiceProbes.check(CHECK, halfway(elasticsearch.as("banner")));
            assertThat(verdict.word()).isEqualTo("fail [banner-closed]");
            assertThat(verdict.judgement().severity()).isEqualTo(Severity.MEDIUM);
            assertClosed(ServiceProbes.check(CHECK, guarded(elasticsearch.as("protected"))));
            assertClosed(ServiceProbes.check(CHECK, guarded(openSearch.as("protected"))));
        } finally {
            ServiceTable.closed(nodes);
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
