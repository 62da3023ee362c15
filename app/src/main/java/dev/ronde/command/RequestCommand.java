package dev.ronde.command;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "request", description = "What auditors ask for, and the answers.")
final class RequestCommand extends CommandGroup {
    private static final String REQUESTS = "/api/v1/requests";
    private static final String[] SHOWN = {"id", "state", "due", "asked_by", "asked_at", "text"};

    private static String path(String id) {
        return REQUESTS + "/" + ApiClient.encoded(id);
    }

    @Command(name = "list", description = "All requests, newest first; with --output json the answers too.")
    int list(
            @Option(names = "--state", paramLabel = "STATE", description = "Only open, answered or closed ones.")
                    @Nullable
                    String state) {
        return withApi(api -> show(api.items(REQUESTS + ApiClient.query("state", state)), SHOWN));
    }

    @Command(name = "ask", description = "Ask for something, or ask again about a request, which reopens it.")
    int ask(
            @Parameters(paramLabel = "TEXT", description = "What is asked for; at most 2,000 characters.") String text,
            @Option(names = "--due", paramLabel = "DAY", description = "By when, in UTC.") @Nullable String due,
            @Option(names = "--again", paramLabel = "ID", description = "The request that this is about.") @Nullable
                    String again) {
        return withApi(api -> show(
                api.postArguments(
                        again == null ? REQUESTS : path(again) + "/reopen", ApiClient.fields("text", text, "due", due)),
                SHOWN));
    }

    @Command(name = "answer", description = "Answer a request with a sentence, and with a file or a bundle.")
    int answer(
            @Parameters(paramLabel = "ID", description = "Id of the request.") String id,
            @Parameters(paramLabel = "TEXT", description = "The answer; at most 2,000 characters.") String text,
            @Option(names = "--file", paramLabel = "FILE", description = "A file of at most 10 MiB.") @Nullable
                    Path file,
            @Option(names = "--export", paramLabel = "ID", description = "Id of an export.") @Nullable String export) {
        Map<String, Object> given =
                file == null ? null : Map.of("name", file.toString(), "content", InputFile.bytes(file.toString()));
        return withApi(api -> show(
                api.postArguments(
                        path(id) + "/answer", ApiClient.fields("text", text, "export", export, "file", given)),
                SHOWN));
    }

    @Command(name = "close", description = "Close a request.")
    int close(@Parameters(paramLabel = "ID", description = "Id of the request.") String id) {
        return withApi(api -> show(api.post(path(id) + "/close", Map.of()), SHOWN));
    }
}
