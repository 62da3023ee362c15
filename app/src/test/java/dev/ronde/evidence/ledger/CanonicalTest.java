package dev.ronde.evidence.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalTest {
    @Test
    void writesTheStringsOfRfc8785Section3222() {
        assertThat(Canonical.text(Map.of("string", "\u20ac$\u000F\nA'B\"\\\\\"/")))
                .isEqualTo("{\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
        assertThat(Canonical.text("\b\t\n\f\r\u0001\u001f\u007f\u2028"))
                .isEqualTo("\"\\b\\t\\n\\f\\r\\u0001\\u001f\u007f\u2028\"");
    }

    @Test
    void sortsKeysAndKeepsListOrder() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("b", List.of(3, 1, 2));
        document.put("B", true);
        document.put("a.b", Map.of());
        document.put("a", List.of());
        assertThat(Canonical.text(document)).isEqualTo("{\"B\":true,\"a\":[],\"a.b\":{},\"b\":[3,1,2]}");
    }

    static Stream<Object> valuesWithoutCanonicalForm() {
        return Stream.of(
                1.0,
                -0.0,
                1e30f,
                new BigDecimal("1"),
                (1L << 53),
                -(1L << 53),
                "lone \ud800 surrogate",
                "lone \udc00",
                "nul \u0000",
                "nfd e\u0301",
                Collections.singletonMap("k", null),
                Collections.singletonList(null),
                Map.of("sp ace", 1),
                Map.of("1a", 1),
                Map.of("é", 1),
                Map.of(1, 1),
                'c');
    }

    @ParameterizedTest
    @MethodSource("valuesWithoutCanonicalForm")
    void a31WriterRejectsWhatLibrariesReadDifferently(Object value) {
        assertThatThrownBy(() -> Canonical.write(Map.of("data", value))).isInstanceOf(NotCanonical.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"a\":1.0}",
                "{\"a\":-0}",
                "{\"a\":1e2}",
                "{\"a\":9007199254740992}",
                "{\"a\":null}",
                "{\"a\":\"e\u0301\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\u0000\"}",
                "{\"a\":\"\\u0041\"}",
                "{\"a\":\"\\/\"}",
                "{\"a\": 1}",
                "{\"b\":1,\"a\":1}",
                "{\"a\":1}\n",
                "{\"a\":1}{}",
                "[1]",
                "null",
                "\ufeff{\"a\":1}",
                "{\"a\":01}",
                "{'a':1}",
                ""
            })
    void a31ReaderAcceptsOnlyTheCanonicalSpelling(String json) {
        assertThatThrownBy(() -> Canonical.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(NotCanonical.class);
    }

    @Test
    void rejectsBytesThatAreNotUtf8AndNestingWithoutEnd() {
        assertThatThrownBy(() -> Canonical.read(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}'}))
                .isInstanceOf(NotCanonical.class);
        Object nested = 1;
        for (int i = 0; i < 70; i++) {
            nested = List.of(nested);
        }
        Object deep = nested;
        assertThatThrownBy(() -> Canonical.write(deep)).isInstanceOf(NotCanonical.class);
    }

    @Test
    void agreesWithAnotherImplementationOnGeneratedDocuments() throws IOException {
        Random random = new Random(8785);
        for (int i = 0; i < 2_000; i++) {
            byte[] ours = Canonical.write(object(random, 0));
            assertThat(ours).isEqualTo(new JsonCanonicalizer(ours).getEncodedUTF8());
            assertThat(Canonical.write(Canonical.read(ours))).isEqualTo(ours);
            assertThat(new String(ours, StandardCharsets.UTF_8)).doesNotContain("\n", "\r");
        }
    }

    private static Map<String, Object> object(Random random, int depth) {
        Map<String, Object> map = new HashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            String key = "kK_.-09z".substring(0, 1 + random.nextInt(8)) + random.nextInt(50);
            map.put(key, value(random, depth + 1));
        }
        return map;
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 4 ? 3 : 5)) {
            case 0 -> random.nextLong() % (1L << 53);
            case 1 -> random.nextBoolean();
            case 2 -> text(random);
            case 3 -> new ArrayList<>(Arrays.asList(value(random, depth + 1), value(random, depth + 1)));
            default -> object(random, depth);
        };
    }

    private static String text(Random random) {
        int[] pool = {'a', '"', '\\', '/', '\n', '\r', '\t', 1, 0x1f, 0x7f, 0xe9, 0x20ac, 0x2028, 0x1F600, 0x10FFFF, '<'
        };
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(pool[random.nextInt(pool.length)]);
        }
        return text.toString();
    }
}
