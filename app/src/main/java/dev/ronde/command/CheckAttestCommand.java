package dev.ronde.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "attest",
        description = {
            "State whether a protection is in place that no probe sees (probe type attestation). Its check is judged at once.",
            "A statement is never changed: if one was wrong, state anew."
        })
final class CheckAttestCommand extends ApiCommand {
    static final class Answer {
        @Option(names = "--in-place", required = true, description = "It is in place.")
        boolean inPlace;

        @Option(names = "--not-in-place", required = true, description = "It is not in place.")
        boolean notInPlace;
    }

    @Parameters(index = "0", paramLabel = "ASSET", description = "Ref of the asset.")
    String asset = "";

    @Parameters(index = "1", paramLabel = "CHECK", description = "Id of the check, such as registrar-lock-attested.")
    String check = "";

    @ArgGroup(multiplicity = "1")
    Answer answer = new Answer();

    @Option(
            names = "--by",
            paramLabel = "EMAIL",
            description =
                    "Whose word it is: the owner, the backup owner or a compliance lead. Needed on the machine of Ronde; with RONDE_TOKEN it is the word of who holds the token.")
    @Nullable
    String by;

    @Option(names = "--note", paramLabel = "TEXT", description = "What you looked at, at most 2000 characters.")
    @Nullable
    String note;

    @Override
    int run(ApiClient api) {
        JsonNode said = api.postArguments(
                "/api/v1/assets/" + ApiClient.encoded(asset) + "/checks/" + ApiClient.encoded(check) + "/attestation",
                ApiClient.fields("attested", answer.inPlace, "note", note, "by", by));
        return show(said, "asset", "check", "attested", "stated_at", "stated_by", "overdue_at");
    }
}
