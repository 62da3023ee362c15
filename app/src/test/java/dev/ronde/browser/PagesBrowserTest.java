package dev.ronde.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SelectOption;
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
import tools.jackson.databind.JsonNode;

/** Every page a signed-in lead can reach, looked at in Chromium: clean, narrow enough, and in the reader's language. A lead who has never seen a plan file builds a plan: on a phone, without JavaScript. */
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

    @Test
    void buildsAPlanOnAPhoneWithoutScript() {
        try (BrowserContext visitor = browser.visitor(View.PHONE, app.address().toString())) {
            Page page = visitor.newPage();
            List<String> complaints = TestBrowser.complaints(page);
            PageWalk.signIn(page, app.address().toString(), EMAIL, PASSWORD);
            page.navigate(app.address() + "/plans");
            page.locator("a[href='/plans/new']").first().click();
            assertThat(page.content().length()).as("bytes of the page").isLessThan(100_000);
            assertThat(page.locator("input[name=once]").isVisible()).isFalse();

            page.locator("input[name='scope.criticality'][value=critical]").check();
            press(page, "count");
            assertThat(page.locator("#scope").innerText()).contains("2 assets are covered, of 3 active");

            page.locator("input[name='scope.tags'][value=class-server]").check();
            press(page, "count");
            assertThat(page.locator("#scope").innerText()).contains("One asset is covered, of 3 active");

            page.locator("input[name=cadence][value=weekday]").check();
            page.locator("[id='weekday.nth']").selectOption(new SelectOption().setLabel("second"));
            page.locator("[id='weekday.months']").selectOption("3");
            page.locator("[id='lead_time']").fill("ten");
            page.locator("[id='max_gap_days']").fill("100");
            page.locator("[id='checklist.0.text']").fill("Are the administrators still the right ones?");
            page.locator("[id='checklist.0.evidence']").selectOption("required");
            press(page, "preview");
            assertThat(page.locator(".error-summary").innerText())
                    .contains("Title: fill this in", "Opens before the due date: write a whole number");
            assertThat(page.locator("#preview").count())
                    .as("what the address leads to, below the faults")
                    .isZero();
            assertThat(page.locator("[id='lead_time']").inputValue()).isEqualTo("ten");
            assertThat(page.locator("[id='lead_time']").getAttribute("aria-describedby"))
                    .contains("lead_time.fault");
            TestBrowser.screenshot(page, "plan-faults-phone");

            page.locator(".error-summary a[href='#title']").click();
            page.locator("#title").fill("Servers of the shop");
            page.locator("[id='lead_time']").fill("10");
            page.locator("#title").press("Enter");
            assertThat(page.url()).endsWith("#preview");
            assertThat(page.locator("#preview").innerText())
                    .contains(
                            "Nothing is changed yet. Assets enrolled: 1",
                            "servers-of-the-shop",
                            "every 3 months, on the second Tuesday",
                            "Who is told, and when");
            assertThat(page.locator("#preview svg.chart-compact circle").count())
                    .isGreaterThan(5);
            TestBrowser.screenshot(page, "plan-preview-phone");

            press(page, "text");
            assertThat(page.locator("#text").inputValue())
                    .contains("title: \"Servers of the shop\"", "\"weekday\":\"tuesday\"");
            press(page, "form");
            assertThat(page.locator("[id='checklist.0.evidence']").inputValue()).isEqualTo("required");
            press(page, "save");
            assertThat(page.url()).endsWith("/plans/servers-of-the-shop");
            assertThat(complaints.stream().filter(line -> !line.contains("422")))
                    .isEmpty();
        }
        JsonNode plan = app.get("/api/v1/plans/servers-of-the-shop").json();
        assertThat(plan.at("/scope/tags/0").asString()).isEqualTo("class-server");
        assertThat(plan.at("/lead_time").asString()).isEqualTo("P10D");
        assertThat(plan.at("/checklist/0/id").asString()).isEqualTo("are-the-administrators-still-the-right-ones");
        assertThat(plan.at("/assets").asInt()).isEqualTo(1);
    }

    @Test
    void theFormItsFaultsAndItsPreviewAreCleanFromPhoneToDesktop() {
        List<String> faults = new ArrayList<>();
        for (View view : PageWalk.views()) {
            try (BrowserContext visitor =
                    browser.visitor(view.scripted(), app.address().toString())) {
                Page page = visitor.newPage();
                PageWalk.signIn(page, app.address().toString(), EMAIL, PASSWORD);
                List<String> complaints = TestBrowser.complaints(page);
                page.navigate(app.address() + "/plans/monthly-review/edit");
                look(page, view, "plan-form", faults);
                press(page, "preview");
                look(page, view, "plan-preview", faults);
                page.locator("#title").fill("");
                page.locator("[id='zone']").fill("Paris");
                page.locator("[id='drift.settle']").fill("soon");
                page.locator("[id='scope.kinds'] input[list]").first().fill("service.reddis");
                press(page, "save");
                assertThat(page.locator(".field-error").count()).isEqualTo(4);
                look(page, view, "plan-faults", faults);
                page.navigate(app.address() + "/plans/monthly-review/edit?as=text");
                look(page, view, "plan-text", faults);
                complaints.stream().filter(line -> !line.contains("422")).forEach(faults::add);
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void noWordOfTheFormIsUntranslated() {
        try (BrowserContext visitor =
                browser.visitor(View.DESKTOP.scripted(), app.address().toString())) {
            Page page = visitor.newPage();
            PageWalk.signIn(page, app.address().toString(), EMAIL, PASSWORD);
            visitor.addCookies(
                    List.of(new Cookie("lang", "qps").setUrl(app.address().toString())));
            page.navigate(app.address() + "/plans/monthly-review/edit");
            press(page, "preview");
            assertThat(StrayWords.on(page.content())).isEmpty();
            page.locator("[id='zone']").fill("Paris");
            page.locator("#max_gap_days").fill("x");
            press(page, "save");
            assertThat(StrayWords.on(page.content())).isEmpty();
        }
    }

    private static void look(Page page, View view, String name, List<String> faults) {
        TestBrowser.screenshot(page, name + "-" + view.name());
        faults.addAll(PageWalk.faults(page, view, name));
    }

    /** The last of the buttons that do this: the first may be the one for the Enter key. */
    private static void press(Page page, String action) {
        page.locator("button[name=do][value='" + action + "']").last().click();
    }
}
