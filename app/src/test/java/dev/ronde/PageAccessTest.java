package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.http.Role;
import dev.ronde.platform.http.WebServer;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pages as the router really holds them: who is let in is who was declared, and none of them fails. */
final class PageAccessTest {
    /** Of a person alone, whatever their role: a token is no person, and is told so. */
    private static final String OF_A_PERSON = "/account";

    @Test
    void everyPageAnswersEveryRoleAsDeclared() {
        try (TestApp app = TestApp.start(new TestClock(), Map.of())) {
            Map<Role, String> tokens = new HashMap<>();
            for (Role role : Role.values()) {
                tokens.put(
                        role,
                        app.post(
                                        "/api/v1/tokens",
                                        Map.of("name", "walk " + role.word(), "role", role.word(), "days", 1))
                                .text("/token"));
            }
            List<WebServer.Declared> pages = app.app().declaredRoutes().stream()
                    .filter(route -> route.method().equals("GET")
                            && !route.path().startsWith("/api/v1/")
                            && !route.path().equals("/readyz")) // a still server has no scheduler and is not ready
                    .toList();
            assertThat(pages).hasSizeGreaterThan(40);
            List<String> wrong = new ArrayList<>();
            for (WebServer.Declared page : pages) {
                int anonymous = status(app, page, Map.of());
                boolean sentToSignIn = anonymous == 303;
                if (anonymous >= 500 || !page.access().open() && !sentToSignIn) {
                    wrong.add("anonymous: " + anonymous + " " + page);
                }
                for (Role role : Role.values()) {
                    int status = status(app, page, TestApp.bearer(tokens.get(role)));
                    boolean refused = status == 403;
                    if (status >= 500 || status == 401 || refused == mayRead(page, role)) {
                        wrong.add(role + ": " + status + " " + page);
                    }
                }
            }
            assertThat(wrong).isEmpty();
        }
    }

    private static boolean mayRead(WebServer.Declared page, Role role) {
        return page.access().allows(role) && !page.path().equals(OF_A_PERSON);
    }

    private static int status(TestApp app, WebServer.Declared page, Map<String, String> headers) {
        return app.call("GET", page.path().replaceAll("\\{[^}]+}", "no-such-thing"), null, headers)
                .status();
    }
}
