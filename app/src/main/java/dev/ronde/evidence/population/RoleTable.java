package dev.ronde.evidence.population;

import dev.ronde.platform.table.Table;
import java.io.IOException;
import java.io.Writer;
import java.util.function.UnaryOperator;

/** Everybody and every program that a record of the bundle names, with their roles. */
final class RoleTable implements PopulationTable {
    private final RolesHeld roles;
    private final Csv<RolesHeld.Row> csv;

    RoleTable(ExportScope scope, Writer out, UnaryOperator<String> names) throws IOException {
        this.roles = new RolesHeld(scope, names);
        this.csv = new Csv<>(
                out,
                Table.<RolesHeld.Row>empty()
                        .with("actor_ref", RolesHeld.Row::actorRef)
                        .with("name", RolesHeld.Row::name)
                        .with("role", RolesHeld.Row::role)
                        .with("from", RolesHeld.Row::from)
                        .with("to", RolesHeld.Row::to)
                        .with("appointed_by", RolesHeld.Row::appointedBy));
    }

    @Override
    public void add(Leaf leaf) {
        roles.add(leaf);
    }

    @Override
    public void finish() throws IOException {
        for (RolesHeld.Row row : roles.rows()) {
            csv.row(row);
        }
    }
}
