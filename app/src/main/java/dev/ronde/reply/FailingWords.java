package dev.ronde.reply;

import dev.ronde.check.CheckRun;
import dev.ronde.check.CheckRuns;
import dev.ronde.check.RunTexts;
import dev.ronde.review.estate.CheckState;
import dev.ronde.review.estate.CheckTitles;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The titles of the catalogue, and what the newest run of each check said. */
public final class FailingWords implements FailingChecks {
    private final CheckRuns runs;
    private final RunTexts texts;
    private final CheckTitles titles;

    public FailingWords(CheckRuns runs, RunTexts texts, CheckTitles titles) {
        this.runs = runs;
        this.texts = texts;
        this.titles = titles;
    }

    @Override
    public List<Failing> told(Handle handle, List<CheckState> failing, Locale language) {
        Map<UUID, CheckRun> found = runs
                .all(
                        handle,
                        failing.stream()
                                .map(CheckState::run)
                                .filter(Objects::nonNull)
                                .map(UUID::fromString)
                                .toList())
                .stream()
                .collect(Collectors.toMap(CheckRun::id, Function.identity()));
        var details = runs.details(handle, found.values());
        return failing.stream()
                .map(check -> {
                    var of = check.run() == null ? null : details.get(UUID.fromString(check.run()));
                    String told = of == null
                            ? ""
                            : texts.messages(check.check(), of, language).stream()
                                    .filter(RunTexts.Message::failed)
                                    .map(RunTexts.Message::told)
                                    .collect(Collectors.joining(" "));
                    return new Failing(check.check(), titles.of(check.check(), language), told);
                })
                .toList();
    }
}
