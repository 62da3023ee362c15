package dev.ronde.command;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.http.RunFile;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The API a command talks to: the remote server of {@code RONDE_URL}, the server that runs on the same home, or one started here for this
 * command. The result is the same.
 */
record Session(ApiClient client, Optional<Server> server) implements AutoCloseable {
    static Session open(Settings settings, Launcher launcher) {
        Optional<String> remote = settings.find(Setting.URL);
        if (remote.isPresent()) {
            String token = settings.find(Setting.TOKEN)
                    .orElseThrow(() -> CommandFailed.usage(
                            "RONDE_URL is set but RONDE_TOKEN is not. Make one with: ronde token add"));
            return new Session(new ApiClient(address(remote.get()), token), Optional.empty());
        }
        Optional<RunFile> running = RunFile.find(settings.home());
        if (running.isPresent()) {
            return new Session(
                    new ApiClient(URI.create(running.get().url()), running.get().token()), Optional.empty());
        }
        Server server = launcher.forCommand(settings);
        return new Session(new ApiClient(server.api(), server.token()), Optional.of(server));
    }

    private static URI address(String text) {
        try {
            URI uri = URI.create(text.strip().replaceAll("/+$", ""));
            if (uri.getHost() != null && List.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw CommandFailed.usage("RONDE_URL is \"" + text + "\": write an address such as https://ronde.example.org.");
    }

    /** Whether the server was started for this command and ends with it. */
    boolean own() {
        return server.isPresent();
    }

    @Override
    public void close() {
        server.ifPresent(Server::close);
    }
}
