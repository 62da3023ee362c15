package dev.ronde.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that no handler reads and that arrive after their headers: the connection goes on to serve the next request. */
final class UnreadBodyTest {
    @AutoClose
    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.start(new TestClock(), Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/v1/probing/resume",
                "POST /api/v1/maintenance-windows/none/end",
                "POST /api/v1/nothing-here",
                "POST /nothing-here",
                "PATCH /api/v1/checks",
                "DELETE /api/v1/assets/none"
            })
    void theConnectionServesTheNextRequest(String request) throws IOException, InterruptedException {
        try (Socket socket = new Socket("127.0.0.1", app.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            for (int round = 0; round < 3; round++) {
                write(out, request + " HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n");
                Thread.sleep(50);
                out.write("{}".getBytes(StandardCharsets.UTF_8));
                out.flush();
                assertThat(answer(in)).as(request).startsWith("HTTP/1.1 ");
            }
            write(out, "GET /healthz HTTP/1.1\r\n");
            assertThat(answer(in)).startsWith("HTTP/1.1 200");
        }
    }

    private static void write(OutputStream out, String head) throws IOException {
        String whole =
                head + "Host: localhost\r\nAuthorization: Bearer " + app.app().token() + "\r\n\r\n";
        out.write(whole.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** The status line, with headers and body read past. */
    private static String answer(BufferedReader in) throws IOException {
        String status = in.readLine();
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        for (int read = 0; read < length; read++) {
            in.read();
        }
        return String.valueOf(status);
    }
}
