package dev.ronde.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.Cookie;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.Needs;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestBrowser;
import dev.ronde.testing.TestBrowser.View;
import dev.ronde.testing.TestClock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every page a signed-in lead can reach, looked at in Chromium: clean, narrow enough, and in the reader's language. */
@Tag("browser")
@Tag("long")
@Needs({"chromium", "node"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesBrowserTest {
    private static final String EMAIL = "lea.martin@example.org";
    private static final String PASSWORD = "correct horse battery";
    private static final List<String> STARTS = List.of("""
            / /problems /coverage /coverage/assets /coverage/gaps /coverage/gaps?gap=no_plan&unit=nowhere
            /coverage/frameworks/iso27001 /assets /assets/import /reviews /reviews/unchanged /forecast /checks
            /checks/probing /checks/probing/log /checks/redis-anonymous-access
            /checks/redis-anonymous-access/dry-run /findings /waivers /exposure /evidence /mails /people
            /people/holidays /people/orphans /settings /settings/sources /settings/tokens /settings/webhooks
            /account /account/calendars /jobs /nowhere""".split("\\s+"));

    private TestApp app;
    private TestBrowser browser;

    @BeforeAll
    void start() {
        app = TestApp.start(new TestClock(), Map.of(Setting.ADMIN_EMAIL, EMAIL, Setting.ADMIN_PASSWORD, PASSWORD));
        SampleEstate.fill(app);
        browser = new TestBrowser();
    }

    @AfterAll
    void close() {
        browser.close();
        app.close();
    }

    @Test
    void everyPageIsCleanFromPhoneToDesktop() {
        List<String> faults = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (View view : PageWalk.views()) {
            try (BrowserContext visitor =
                    browser.visitor(view.scripted(), app.address().toString())) {
                Page first = visitor.newPage();
                PageWalk.signIn(first, app.address().toString(), EMAIL, PASSWORD);
                visitor.onConsoleMessage(message -> {
                    if (message.type().equals("error") && !message.text().contains("status of 4")) {
                        faults.add(view.name() + " " + message.page().url() + ": " + message.text());
                    }
                });
                Page page = visitor.newPage();
                PageWalk walk = new PageWalk();
                seen.addAll(walk.walk(STARTS, path -> {
                    Response answer = page.navigate(app.address() + path);
                    TestBrowser.screenshot(page, PageWalk.fileName(path, view));
                    faults.addAll(PageWalk.faults(page, view, path));
                    return new PageWalk.Answer(answer.status(), page.content());
                }));
                faults.addAll(walk.broken());
            }
        }
        assertThat(faults).as("seen: %s", seen).isEmpty();
    }

    @Test
    void noPageShowsAWordThatIsNotTranslated() {
        List<String> faults = new ArrayList<>();
        try (BrowserContext visitor =
                browser.visitor(View.DESKTOP.scripted(), app.address().toString())) {
            Page first = visitor.newPage();
            PageWalk.signIn(first, app.address().toString(), EMAIL, PASSWORD);
            visitor.addCookies(
                    List.of(new Cookie("lang", "qps").setUrl(app.address().toString())));
            new PageWalk().walk(STARTS, path -> {
                APIResponse answer = visitor.request().get(app.address() + path);
                List<String> stray = StrayWords.on(answer.text());
                if (!stray.isEmpty() && !path.equals("/nowhere")) {
                    faults.add(path + " shows " + stray);
                }
                return new PageWalk.Answer(answer.status(), answer.text());
            });
        }
        assertThat(faults).isEmpty();
    }
}
