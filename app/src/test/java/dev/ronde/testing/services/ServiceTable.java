package dev.ronde.testing.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Stance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Servers side by side before a check: all start at once, each is asked in turn, all end at once. */
final class ServiceTable {
    private ServiceTable() {}

    /** One question to a server: the check and options of its target, null for those of the table, and what it says. */
    private record Ask(
            @Nullable String check,
            Stance stance,
            @Nullable Map<String, String> options,
            @Nullable String word,
            Map<String, Object> facts) {}

    /** One server and what it is asked. */
    record Row(Stance stance, Supplier<Service> server, List<Ask> asks) {
        private Row with(Ask ask) {
            asks.add(ask);
            return this;
        }

        /** Asks the same check with an option. */
        Row and(String option, String value, String word) {
            return with(new Ask(null, stance, Map.of(option, value), word, Map.of()));
        }

        /** Asks another check of it, or the same without options. */
        Row and(String check, String word) {
            return with(new Ask(check, stance, Map.of(), word, Map.of()));
        }

        /** Asks the same so many times more, whatever it says. */
        Row again(int times) {
            for (int i = 0; i < times; i++) {
                with(new Ask(null, stance, null, null, Map.of()));
            }
            return this;
        }

        /** Asks a check that is about something else. */
        Row other(String check, String word) {
            return with(new Ask(check, Stance.OTHER, Map.of(), word, Map.of()));
        }

        /** Wants a fact in the last answer. */
        Row fact(String part, String name, Object value) {
            Ask last = asks.remove(asks.size() - 1);
            return with(new Ask(last.check, last.stance, last.options, last.word, Map.of(part + "." + name, value)));
        }
    }

    static Row exposed(Supplier<Service> server, String word) {
        return row(Stance.EXPOSED, server, word);
    }

    static Row halfway(Supplier<Service> server, String word) {
        return row(Stance.HALF, server, word);
    }

    static Row guarded(Supplier<Service> server, String word) {
        return row(Stance.PROTECTED, server, word);
    }

    private static Row row(Stance stance, Supplier<Service> server, String word) {
        Row row = new Row(stance, server, new ArrayList<>());
        return row.with(new Ask(null, stance, null, word, Map.of()));
    }

    static void judge(String check, Row... rows) {
        judge(check, Map.of(), rows);
    }

    /** With these options wherever a row names none. */
    static void judge(String check, Map<String, String> options, Row... rows) {
        List<Service> servers = new ArrayList<>();
        try {
            servers.addAll(started(Arrays.stream(rows).map(Row::server).toList()));
            for (int i = 0; i < rows.length; i++) {
                for (Ask ask : rows[i].asks) {
                    judge(ask.check == null ? check : ask.check, servers.get(i), ask, options);
                }
            }
        } finally {
            closed(servers);
        }
    }

    private static void judge(String check, Service server, Ask ask, Map<String, String> options) {
        ServiceProbes.Verdict verdict = ServiceProbes.checkWith(
                check, new Standing(server, ask.stance), ask.options == null ? options : ask.options);
        if (ask.word != null) {
            assertThat(verdict.word())
                    .as("%s at %s %s: %s", check, ask.stance, server, verdict.result())
                    .isEqualTo(ask.word);
        }
        ask.facts.forEach(
                (path, value) -> assertThat(verdict.facts(path.split("\\.")[0]).get(path.split("\\.")[1]))
                        .as(path)
                        .isEqualTo(value));
    }

    /** Starts all at once; where one fails the others end. */
    static List<Service> started(List<Supplier<Service>> servers) {
        ExecutorService threads = Executors.newFixedThreadPool(servers.size());
        try {
            List<CompletableFuture<Service>> starting = servers.stream()
                    .map(server -> CompletableFuture.supplyAsync(server, threads))
                    .toList();
            try {
                return starting.stream().map(CompletableFuture::join).toList();
            } catch (CompletionException e) {
                starting.forEach(one -> one.handle((service, failure) -> service)
                        .thenAccept(service -> {
                            if (service != null) {
                                service.close();
                            }
                        }));
                throw e;
            }
        } finally {
            threads.shutdown();
        }
    }

    static void closed(List<Service> servers) {
        servers.parallelStream().forEach(Service::close);
    }
}
