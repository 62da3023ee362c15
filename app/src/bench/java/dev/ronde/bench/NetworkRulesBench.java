package dev.ronde.bench;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueLoader;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.EffectiveParams;
import dev.ronde.catalogue.Judge;
import dev.ronde.catalogue.Judgement;
import dev.ronde.catalogue.KeptFacts;
import dev.ronde.check.derive.Deriver;
import dev.ronde.check.derive.azure.AzureNsgExposure;
import dev.ronde.check.run.Derivers;
import dev.ronde.platform.resource.Overlay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Network rules on one core: milliseconds to derive the exposure of 1,000 rules over 100 ports, and snapshots of security groups judged
 * again a second, from the stored text to outcome, kept facts and fingerprint, without the database.
 */
public final class NetworkRulesBench {
    private static final String CHECK = "azure-nsg-internet-to-sensitive-ports";
    private static final int SMALL = 25;
    private static final int WARM_UP = 30;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private final CheckDefinition check =
            catalogue().find(CHECK).orElseThrow().sound().orElseThrow();
    private final EffectiveParams params = EffectiveParams.defaults(check);
    private final AzureNsgExposure deriver = new AzureNsgExposure();
    private int failed;

    private NetworkRulesBench() {}

    public static void main(String[] args) {
        int snapshots = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 7;
        NetworkRulesBench bench = new NetworkRulesBench();
        bench.large(100, 1, rounds);
        bench.large(100, 100, rounds);
        bench.many(snapshots, rounds);
    }

    private static Catalogue catalogue() {
        return new CatalogueLoader(Overlay.of("checks", null), Set.of(), Derivers.names()).load();
    }

    /** 1,000 rules, each for some of {@code ports} ports. */
    private void large(int ports, int each, int rounds) {
        Map<String, Object> document = read(group(new Random(2019), 1_000, ports, each));
        double[] millis = new double[rounds * 10];
        for (int i = -WARM_UP; i < millis.length; i++) {
            long start = System.nanoTime();
            deriver.derive(new Deriver.Input(document, params.values(), Map.of()));
            if (i >= 0) {
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        Ratio.print("network_rules_1000_x_" + ports + "_ports_" + each + "_a_rule", "ms", millis);
    }

    private void many(int snapshots, int rounds) {
        Random random = new Random(1205);
        List<String> stored = new ArrayList<>();
        for (int i = 0; i < snapshots; i++) {
            stored.add(group(random, 5 + random.nextInt(SMALL), 100, 2));
        }
        double[] rates = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            failed = 0;
            long start = System.nanoTime();
            stored.forEach(this::judge);
            if (round >= 0) {
                rates[round] = snapshots / ((System.nanoTime() - start) / 1e9);
            }
        }
        System.err.println(failed + " of " + snapshots + " fail");
        Ratio.print("nsg_snapshots_judged_again_" + snapshots, "1/s", rates);
    }

    private void judge(String content) {
        Map<String, Object> facts =
                new LinkedHashMap<>(deriver.derive(new Deriver.Input(read(content), params.values(), Map.of())));
        facts.put("snapshot", Map.of("digest", "sha256:00", "collectedAt", "2026-03-02T06:00:00Z"));
        Judgement judgement = Judge.judge(
                check, new Judge.Input(facts, params.values(), Map.of(), Instant.parse("2026-03-02T08:00:00Z")));
        KeptFacts.keep(check, facts);
        if (!judgement.failed().isEmpty()) {
            KeptFacts.fingerprint(check, facts, judgement);
            failed++;
        }
        if (judgement.reason() != null) {
            throw new IllegalStateException(judgement.toString());
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> read(String content) {
        return JSON.readValue(content, Map.class);
    }

    private static String group(Random random, int rules, int ports, int each) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; i < rules; i++) {
            all.add(rule(random, i, ports, each));
        }
        return JSON.writeValueAsString(Map.of("name", "nsg", "properties", Map.of("securityRules", all)));
    }

    private static Map<String, Object> rule(Random random, int place, int ports, int each) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("access", random.nextInt(3) == 0 ? "Deny" : "Allow");
        fields.put("direction", "Inbound");
        fields.put("priority", 100L + 3L * place);
        fields.put("protocol", random.nextInt(4) == 0 ? "*" : "Tcp");
        fields.put("sourcePortRange", "*");
        fields.put("destinationAddressPrefix", "*");
        fields.put("sourceAddressPrefixes", sources(random));
        List<String> open = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            int port = 20 + 97 * random.nextInt(ports);
            open.add(random.nextInt(4) == 0 ? port + "-" + (port + 60) : "" + port);
        }
        fields.put("destinationPortRanges", open);
        return Map.of("name", "rule-" + place, "properties", fields);
    }

    /** Mostly known networks, now and then private ones or everybody. */
    private static List<String> sources(Random random) {
        int kind = random.nextInt(50);
        if (kind == 0) {
            return List.of("Internet");
        }
        if (kind < 10) {
            return List.of("10." + random.nextInt(256) + ".0.0/16");
        }
        List<String> sources = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            sources.add((11 + random.nextInt(80)) + "." + random.nextInt(256) + "." + random.nextInt(256) + ".0/"
                    + (16 + random.nextInt(9)));
        }
        return sources;
    }
}
