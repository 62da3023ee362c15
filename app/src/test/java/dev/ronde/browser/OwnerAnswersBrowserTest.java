package dev.ronde.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.Needs;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestBrowser;
import dev.ronde.testing.TestBrowser.View;
import dev.ronde.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The owner on a phone, without an account and without JavaScript: a choice and a button. */
@Tag("browser")
@Needs({"chromium", "node"})
class OwnerAnswersBrowserTest {
    private static final Pattern LINK = Pattern.compile("/r/[a-z2-7]{40}");

    private final TestClock clock = new TestClock();

    @Test
    void attestsFromTheMailLinkInTwoActions() {
        try (TestApp app = TestApp.start(
                        clock,
                        Map.of(
                                Setting.ADMIN_EMAIL,
                                "lea.martin@example.org",
                                Setting.ADMIN_PASSWORD,
                                "correct horse"));
                TestBrowser browser = new TestBrowser()) {
            SampleEstate.fill(app);
            clock.advance(Duration.ofMinutes(3));
            app.settle();
            String link = linkFor(app, "nadia@example.org", "shop-sessions");

            try (BrowserContext visitor =
                    browser.visitor(View.PHONE.scripted(), app.address().toString())) {
                Page page = visitor.newPage();
                List<String> complaints = TestBrowser.complaints(page);
                page.navigate(app.address() + link);
                List<String> faults = new ArrayList<>(PageWalk.faults(page, View.PHONE, "/r"));
                TestBrowser.screenshot(page, "action-phone");
                assertOnFirstScreen(page);
                assertThat(faults).isEmpty();
                assertThat(complaints).isEmpty();
                assertThat(page.content().length()).as("bytes of the page").isLessThan(30_000);
            }
            String ref =
                    app.get("/api/v1/reviews?asset=shop-sessions&state=open").text("/items/0/ref");
            try (BrowserContext visitor =
                    browser.visitor(View.PHONE.scripted(), app.address().toString())) {
                Page page = visitor.newPage();
                PageWalk.signIn(page, app.address().toString(), "lea.martin@example.org", "correct horse");
                page.navigate(app.address() + "/reviews/" + ref);
                TestBrowser.screenshot(page, "review-phone");
                assertOnFirstScreen(page);
            }
            try (BrowserContext visitor =
                    browser.visitor(View.NARROW, app.address().toString())) {
                Page page = visitor.newPage();
                page.navigate(app.address() + link);
                TestBrowser.screenshot(page, "action-narrow");
                clock.advance(Duration.ofSeconds(10));
                page.locator("select[name^='answer.']").all().forEach(select -> select.selectOption("yes"));
                assertThat(page.locator("input[name=outcome]:checked").count()).isZero();
                page.locator("input[name=outcome][value=no_change]").check();
                page.locator("button[name=action][value=attest]").click();
                TestBrowser.screenshot(page, "receipt-narrow");
                assertThat(page.url()).contains("ok=");
            }
            JsonNode review = app.get("/api/v1/reviews?asset=shop-sessions&state=attested")
                    .json()
                    .at("/items/0");
            assertThat(review.at("/attestation/outcome").asString()).isEqualTo("no_change");
        }
    }

    /** Question, facts and the main button are seen without scrolling. */
    private static void assertOnFirstScreen(Page page) {
        for (String part : List.of("h1", "#answers", ".answer .btn-primary")) {
            Object bottom = page.evaluate(
                    "part => window.scrollY + document.querySelector(part).getBoundingClientRect().bottom", part);
            assertThat(((Number) bottom).doubleValue()).as(part).isLessThanOrEqualTo(View.PHONE.height());
        }
    }

    private static String linkFor(TestApp app, String person, String asset) {
        for (JsonNode item : app.get("/api/v1/mails?person=" + person).json().get("items")) {
            String text = app.get("/api/v1/mails/" + item.get("id").asString()).text("/text");
            // In a digest each item's link follows its asset; the order of the items is not this test's matter.
            Matcher link = LINK.matcher(text);
            if (text.contains(asset) && link.find(text.indexOf(asset))) {
                return link.group();
            }
        }
        throw new AssertionError("no mail to " + person + " about " + asset);
    }
}
