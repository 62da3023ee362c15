package dev.ronde.review.plan;

import dev.ronde.catalogue.Framework;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A few words that plans may use. */
public final class TestVocabulary {
    public static final PlanVocabulary SMALL = new PlanVocabulary(
            Set.of("encryption-at-rest"),
            Set.of("service.redis", "service.etcd", "cloud.azure.nsg"),
            Map.of(
                    "iso27001",
                    new Framework(
                            "iso27001",
                            "ISO/IEC 27001",
                            "2022",
                            "test",
                            Map.of("A.8.9", "Configuration management"),
                            List.of("A.8.<1-34>"))));

    private TestVocabulary() {}
}
