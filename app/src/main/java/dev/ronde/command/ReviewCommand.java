package dev.ronde.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "review",
        description = "Reviews that are expected and what became of them.",
        subcommands = {ReviewCommand.ListAll.class, ReviewCommand.Attest.class, ReviewCommand.Remind.class})
final class ReviewCommand extends CommandGroup {

    enum Outcome {
        no_change,
        changed_and_accepted,
        not_applicable
    }

    @Command(name = "list", description = "Reviews by due date. Exit code 3 when one of those listed is overdue.")
    static final class ListAll extends ApiCommand {
        @Option(
                names = "--state",
                paramLabel = "S",
                description = "scheduled, open, acknowledged, attested, missed or cancelled.")
        @Nullable
        String state;

        @Option(names = "--owner", paramLabel = "EMAIL", description = "Only reviews of this owner.")
        @Nullable
        String owner;

        @Option(names = "--asset", paramLabel = "REF", description = "Only reviews of this asset.")
        @Nullable
        String asset;

        @Option(names = "--plan", paramLabel = "ID", description = "Only reviews of this plan.")
        @Nullable
        String plan;

        @Override
        int run(ApiClient api) {
            List<JsonNode> reviews = api.items(
                    "/api/v1/reviews" + ApiClient.query("state", state, "owner", owner, "asset", asset, "plan", plan));
            output().items(reviews, "ref", "asset", "plan", "state", "overdue", "due_on", "owner");
            boolean overdue =
                    reviews.stream().anyMatch(review -> review.path("overdue").asBoolean(false));
            return overdue ? CommandFailed.FINDINGS : 0;
        }
    }

    @Command(
            name = "attest",
            description = {
                "Attest reviews: you state that you looked at the configuration as it is now.",
                "A digest binds the statement; if the configuration is newer than the digest, the server refuses."
            })
    static final class Attest extends ApiCommand {
        @Parameters(arity = "1..*", paramLabel = "REF", description = "Refs such as REV-1042.")
        List<String> refs = new ArrayList<>();

        @Option(
                names = "--outcome",
                paramLabel = "OUTCOME",
                required = true,
                description = "One of ${COMPLETION-CANDIDATES}.")
        Outcome outcome = Outcome.no_change;

        @Option(names = "--note", paramLabel = "TEXT", description = "What you want to add.")
        @Nullable
        String note;

        @Option(
                names = "--digest",
                paramLabel = "DIGEST",
                description = "Digest you looked at (default: the present one, which is shown).")
        @Nullable
        String digest;

        @Option(
                names = "--answer",
                paramLabel = "ID=ANSWER",
                description = "Answer to a change or checklist item; may be repeated.")
        Map<String, String> answers = new LinkedHashMap<>();

        @Override
        int run(ApiClient api) {
            List<JsonNode> done = new ArrayList<>();
            for (String ref : refs) {
                String path = "/api/v1/reviews/" + ApiClient.encoded(ref);
                JsonNode review = api.get(path);
                done.add(api.post(path + "/attest", body(review)));
            }
            return show(done, "ref", "asset", "state", "attestation.outcome", "snapshot_digest");
        }

        private Map<String, Object> body(JsonNode review) {
            String bound = digest == null ? review.path("snapshot_digest").asString("") : digest;
            if (!bound.isEmpty()) {
                say(review.path("ref").asString("") + ": "
                        + review.path("asset").asString("") + " as of " + bound);
            }
            return ApiClient.fields(
                    "outcome",
                    outcome.name(),
                    "note",
                    note,
                    "snapshot_digest",
                    bound.isEmpty() ? null : bound,
                    "answers",
                    answers.isEmpty() ? null : answers);
        }
    }

    /** {@code review remind}. */
    @Command(
            name = "remind",
            description = "Ask whoever has a review again now, by mail; at most once a day for each review.")
    static final class Remind extends ApiCommand {
        @Parameters(arity = "1..*", paramLabel = "REF", description = "Refs such as REV-1042.")
        List<String> refs = new ArrayList<>();

        @Override
        int run(ApiClient api) {
            List<JsonNode> done = new ArrayList<>();
            for (String ref : refs) {
                done.add(api.post("/api/v1/reviews/" + ApiClient.encoded(ref) + "/remind", Map.of()));
            }
            return show(done, "ref", "asset", "state", "due_on", "owner");
        }
    }
}
