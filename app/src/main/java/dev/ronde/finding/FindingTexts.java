package dev.ronde.finding;

import dev.ronde.check.CheckRun;
import dev.ronde.check.CheckRuns;
import dev.ronde.check.message.CheckMessages;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** Says what was found in the language of who reads; a finding itself and its records are in the check's own language. */
public record FindingTexts(CheckMessages texts, CheckRuns runs) {
    /** Returns what each finding says, by its id: in the language, or as it was recorded where it cannot be told anew. */
    public Map<UUID, String> summaries(Handle handle, List<Finding> findings, Locale language) {
        List<Finding> translated = findings.stream()
                .filter(finding -> texts.translates(finding.checkId(), language))
                .toList();
        List<CheckRun> newest =
                runs.all(handle, translated.stream().map(Finding::runId).collect(Collectors.toSet()));
        Map<UUID, JsonNode> details = runs.details(handle, newest);
        Map<UUID, String> summaries = new HashMap<>();
        findings.forEach(finding -> summaries.put(finding.id(), finding.summary()));
        for (Finding finding : translated) {
            JsonNode of = details.get(finding.runId());
            if (of != null) {
                summaries.put(finding.id(), summary(finding, of, language));
            }
        }
        return summaries;
    }

    public String summary(Handle handle, Finding finding, Locale language) {
        return summaries(handle, List.of(finding), language).getOrDefault(finding.id(), finding.summary());
    }

    /** Returns what to do about a finding, in one line; empty where its check is not there any more. */
    public String remedy(Finding finding, Locale language) {
        return texts.remedy(finding.checkId(), language);
    }

    /**
     * Returns what a run found, a sentence for each assertion that failed; empty where its messages are not there.
     *
     * @param details the data of its record, see {@link CheckRuns#details}
     */
    List<String> found(String check, JsonNode details, Locale language) {
        return failed(check, details, language).stream()
                .map(CheckMessages.Message::told)
                .toList();
    }

    private List<CheckMessages.Message> failed(String check, JsonNode details, Locale language) {
        return texts.messages(check, details, language).stream()
                .filter(CheckMessages.Message::failed)
                .toList();
    }

    private String summary(Finding finding, JsonNode details, Locale language) {
        List<CheckMessages.Message> failed = failed(finding.checkId(), details, language);
        String recorded = finding.summary();
        String stored = Findings.summary(
                recorded, failed.stream().map(CheckMessages.Message::stored).toList());
        return stored.equals(recorded)
                ? Findings.summary(
                        recorded,
                        failed.stream().map(CheckMessages.Message::told).toList())
                : recorded;
    }
}
