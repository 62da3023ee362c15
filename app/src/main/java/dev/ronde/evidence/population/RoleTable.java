package dev.ronde.evidence.population;

import dev.ronde.platform.table.Table;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who every actor reference in a bundle is, and which roles they had when, given by whom, however long before the period. */
final class RoleTable implements PopulationTable {
    private static final Pattern REFERENCE = Pattern.compile("[pt]:[0-9a-f]{16}");

    private final ExportScope scope;
    private final UnaryOperator<String> names;
    private final Csv<Row> csv;
    private final Map<String, List<Held>> actors = new TreeMap<>();

    /** @param to null where they still had it at the end of the period; of a token also when it ends by itself */
    private record Held(String role, Instant from, @Nullable Instant to, String by) {
        Held ended(Instant at) {
            return to == null || to.isAfter(at) ? new Held(role, from, at, by) : this;
        }
    }

    /** A role of somebody; empty cells where they never had one. */
    private record Row(
            String actorRef,
            String name,
            String role,
            @Nullable Instant from,
            @Nullable Instant to,
            String appointedBy) {}

    RoleTable(ExportScope scope, Writer out, UnaryOperator<String> names) throws IOException {
        this.scope = scope;
        this.names = names;
        this.csv = new Csv<>(
                out,
                Table.<Row>empty()
                        .with("actor_ref", Row::actorRef)
                        .with("name", Row::name)
                        .with("role", Row::role)
                        .with("from", Row::from)
                        .with("to", Row::to)
                        .with("appointed_by", Row::appointedBy));
    }

    @Override
    public void add(Leaf leaf) {
        actors.computeIfAbsent(leaf.actorRef(), ref -> new ArrayList<>());
        named(leaf.document());
        List<Held> held = actors.get(leaf.subjectId());
        if (held == null || !leaf.occurredAt().isBefore(scope.end())) {
            return;
        }
        Instant at = leaf.occurredAt();
        switch (leaf.type()) {
            case "role.revoked", "person.deactivated", "token.revoked" -> held.replaceAll(one -> one.ended(at));
            case "role.granted" -> {
                held.replaceAll(one -> one.ended(at));
                if (!Leaf.text(leaf.after(), "active").equals("false")) {
                    held.add(new Held(leaf.field("role"), at, null, leaf.actorRef()));
                }
            }
            case "token.created" ->
                held.add(new Held(leaf.field("role"), at, Instant.parse(leaf.field("expires")), leaf.actorRef()));
            default -> {
                // gives and takes no role
            }
        }
    }

    private void named(@Nullable Object item) {
        if (item instanceof Map<?, ?> map) {
            map.values().forEach(this::named);
        } else if (item instanceof List<?> list) {
            list.forEach(this::named);
        } else if (item instanceof String text
                && text.length() == 18
                && text.charAt(1) == ':'
                && REFERENCE.matcher(text).matches()) {
            actors.computeIfAbsent(text, ref -> new ArrayList<>());
        }
    }

    /** By reference, the oldest role first. */
    @Override
    public void finish() throws IOException {
        List<Row> rows = new ArrayList<>();
        actors.forEach((ref, held) -> {
            String name = ActorName.of(ref, names);
            if (held.isEmpty()) {
                rows.add(new Row(ref, name, ActorName.isCommand(ref) ? "admin" : "", null, null, ""));
            }
            held.forEach(one -> rows.add(new Row(ref, name, one.role(), one.from(), one.to(), one.by())));
        });
        csv.rows(rows);
    }
}
