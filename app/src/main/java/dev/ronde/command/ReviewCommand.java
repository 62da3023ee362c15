package dev.ronde.command;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "review", description = "Reviews that are expected and what became of them.")
final class ReviewCommand extends CommandGroup {
    private static final String REVIEWS = "/api/v1/reviews";

    enum Outcome {
        no_change,
        changed_and_accepted,
        not_applicable
    }

    @Command(name = "list", description = "Reviews by due date. Exit code 3 when one of those listed is overdue.")
    int list(
            @Option(
                            names = "--state",
                            paramLabel = "S",
                            description = "scheduled, open, acknowledged, attested, missed or cancelled.")
                    @Nullable
                    String state,
            @Option(names = "--owner", paramLabel = "EMAIL", description = "Only reviews of this owner.") @Nullable
                    String owner,
            @Option(names = "--asset", paramLabel = "REF", description = "Only reviews of this asset.") @Nullable
                    String asset,
            @Option(names = "--plan", paramLabel = "ID", description = "Only reviews of this plan.") @Nullable
                    String plan) {
        String query = ApiClient.query("state", state, "owner", owner, "asset", asset, "plan", plan);
        return withApi(api -> {
            List<JsonNode> reviews = api.items(REVIEWS + query);
            output().items(reviews, "ref", "asset", "plan", "state", "overdue", "due_on", "owner");
            boolean overdue =
                    reviews.stream().anyMatch(review -> review.path("overdue").asBoolean(false));
            return overdue ? CommandFailed.FINDINGS : 0;
        });
    }

    @Command(
            name = "attest",
            description = {
                "Attest reviews: you state that you looked at the configuration as it is now.",
                "A digest binds the statement; if the configuration is newer than the digest, the server refuses."
            })
    int attest(
            @Parameters(arity = "1..*", paramLabel = "REF", description = "Refs such as REV-1042.") List<String> refs,
            @Option(
                            names = "--outcome",
                            paramLabel = "OUTCOME",
                            required = true,
                            description = "One of ${COMPLETION-CANDIDATES}.")
                    Outcome outcome,
            @Option(names = "--note", paramLabel = "TEXT", description = "What you want to add.") @Nullable String note,
            @Option(
                            names = "--digest",
                            paramLabel = "DIGEST",
                            description = "Digest you looked at (default: the present one, which is shown).")
                    @Nullable
                    String digest,
            @Option(
                            names = "--answer",
                            paramLabel = "ID=ANSWER",
                            description = "Answer to a change or checklist item; may be repeated.")
                    @Nullable
                    Map<String, String> answers) {
        return withApi(api -> show(
                refs.stream()
                        .map(ref -> {
                            String path = REVIEWS + "/" + ApiClient.encoded(ref);
                            JsonNode review = api.get(path);
                            String bound = digest == null
                                    ? review.path("snapshot_digest").asString("")
                                    : digest;
                            if (!bound.isEmpty()) {
                                say(ref + ": " + review.path("asset").asString("") + " as of " + bound);
                            }
                            return api.post(
                                    path + "/attest",
                                    ApiClient.fields(
                                            "outcome",
                                            outcome.name(),
                                            "note",
                                            note,
                                            "snapshot_digest",
                                            bound.isEmpty() ? null : bound,
                                            "answers",
                                            answers));
                        })
                        .toList(),
                "ref",
                "asset",
                "state",
                "attestation.outcome",
                "snapshot_digest"));
    }

    @Command(
            name = "remind",
            description = "Ask whoever has a review again now, by mail; at most once a day for each review.")
    int remind(
            @Parameters(arity = "1..*", paramLabel = "REF", description = "Refs such as REV-1042.") List<String> refs) {
        return withApi(api -> show(
                refs.stream()
                        .map(ref -> api.post(REVIEWS + "/" + ApiClient.encoded(ref) + "/remind", Map.of()))
                        .toList(),
                "ref",
                "asset",
                "state",
                "due_on",
                "owner"));
    }
}
