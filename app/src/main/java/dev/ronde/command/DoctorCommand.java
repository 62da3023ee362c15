package dev.ronde.command;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.db.DatabaseException;
import dev.ronde.platform.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(
        name = "doctor",
        description = {
            "Check settings, home, database, clock, mail, probe policy, ledger and ticks, and say what to do.",
            "The exit code is 1 when something is wrong; a warning alone keeps it 0."
        })
final class DoctorCommand extends CommandBase {
    @Override
    public Integer call() {
        List<Diagnosis> found = new ArrayList<>();
        Settings settings;
        try {
            settings = settings();
        } catch (SettingsException e) {
            found.add(Diagnosis.fail("settings", String.valueOf(e.getMessage()), "Correct it; nothing starts before."));
            return show(found);
        }
        boolean remote = settings.find(Setting.URL).isPresent();
        if (!remote) {
            found.addAll(HomeDoctor.look(settings));
        }
        return quietly(() -> {
            try (Session session = Session.open(settings, root().launcher)) {
                session.client()
                        .items("/api/v1/doctor")
                        .forEach(item -> found.add(Json.MAPPER.treeToValue(item, Diagnosis.class)));
            } catch (DatabaseException e) {
                found.add(Diagnosis.fail(
                        "database", String.valueOf(e.getMessage()), "Correct RONDE_DB_URL or the database."));
            } catch (SettingsException e) {
                found.add(Diagnosis.fail(
                        "settings", String.valueOf(e.getMessage()), "Correct it; nothing starts before."));
            } catch (CommandFailed e) {
                found.add(Diagnosis.fail("server", String.valueOf(e.getMessage()), "Look at the server's log."));
            }
            return show(found);
        });
    }

    private int show(List<Diagnosis> found) {
        if (format() == Output.Format.table) {
            found.forEach(this::line);
        } else {
            List<JsonNode> items =
                    found.stream().map(item -> Json.tree(Json.write(item))).toList();
            output().items(items, "area", "state", "text", "advice");
        }
        long wrong = count(found, Diagnosis.State.FAIL);
        long warned = count(found, Diagnosis.State.WARN);
        String warnings = warned == 0 ? "" : warned == 1 ? "1 warning" : warned + " warnings";
        say(
                wrong > 0
                        ? wrong + " wrong" + (warned == 0 ? "." : ", " + warnings + ".")
                        : warned > 0 ? "Nothing fails, but look at " + warnings + "." : "Nothing is wrong.");
        return wrong == 0 ? 0 : CommandFailed.FAILED;
    }

    private static long count(List<Diagnosis> found, Diagnosis.State state) {
        return found.stream().filter(item -> item.state() == state).count();
    }

    private void line(Diagnosis item) {
        String state = item.state().name().toLowerCase(Locale.ROOT);
        out().printf(Locale.ROOT, "%-4s  %-9s %s%n", state, item.area(), item.text());
        if (!item.advice().isEmpty()) {
            out().printf(Locale.ROOT, "%16s-> %s%n", "", item.advice());
        }
        out().flush();
    }
}
