package dev.ronde.review.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.json.Json;
import dev.ronde.review.ReviewServer;
import dev.ronde.review.TestReviews;
import dev.ronde.testing.DatabaseKind;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form in which a plan is built, over HTTP: faults at their fields, nothing lost, nothing changed unseen. */
class PlanBuilderWebTest {

    @AutoClose
    private static final ReviewServer SERVER = new ReviewServer(DatabaseKind.H2);

    @BeforeEach
    void inEnglish() {
        SERVER.in("en");
    }

    @BeforeAll
    static void fourAssets() {
        SERVER.importAssets("""
                ref,name,kind,owner_email,criticality,unit,environment,tags
                web-01,Web 1,service.redis,alice@corp.example,high,Sales,prod,cache
                web-02,Web 2,service.redis,alice@corp.example,high,Sales,test,cache
                box-03,Box 3,host.linux,bob@corp.example,critical,"Works, north",prod,
                box-04,Box 4,service.redis,bob@corp.example,low,Works,prod,
                """);
    }

    @Test
    void aPlanIsBuiltPreviewedSavedAndChanged() {
        Map<String, List<String>> form =
                blank("title", "Cœur des ventes", "scope.units", "Sales", "every.anchor", "2026-03-12");
        String preview = send("/plans", form, "preview", 200);
        assertThat(preview)
                .contains("Nothing is changed yet. Assets enrolled: 2", "coeur-des-ventes", "every 3 months")
                .contains("12 Mar 2026", "12 Jun 2026", "Seven working days before the due date", "11 Apr 2026")
                .contains("<time datetime=\"2026-03-02\">2 Mar 2026</time>: When it opens")
                .doesNotContain("Feb 2026")
                .contains("2 assets are covered, of 4 active");
        assertThat(titles()).doesNotContain("Cœur des ventes");
        send("/plans", form, "save", 303);
        String edit = SERVER.get("/plans/coeur-des-ventes/edit").body();
        assertThat(edit)
                .contains("value=\"Cœur des ventes\"", "value=\"Sales\" checked", "name=\"v\" value=\"1\"")
                .doesNotContain("name=\"id\"");
        form.put("v", List.of("1"));
        form.put("max_gap_days", List.of("100"));
        send("/plans/coeur-des-ventes", form, "save", 303);
        assertThat(number("coeur-des-ventes", "max_gap_days")).isEqualTo(100);
        form.put("grace", List.of("9"));
        send("/plans/coeur-des-ventes", form, "preview", 412);
        assertThat(send("/plans/coeur-des-ventes", form, "save", 412))
                .contains("Somebody changed the plan meanwhile", "value=\"9\"");
    }

    /** Saving a plan as it is shown is no new version: the form says the same as the plan. */
    @Test
    void savingWhatIsShownChangesNothing() {
        SERVER.post("/api/v1/plans", TestReviews.QUARTERLY);
        Map<String, List<String>> form =
                shown(SERVER.get("/plans/quarterly/edit").body());
        send("/plans/quarterly", form, "save", 303);
        assertThat(number("quarterly", "version")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            title         |          | fr | title        | Titre : à remplir
            id            | No Good  | en | id           | Id: ‘No Good’ does not fit
            lead_time     | P14D     | fr | lead_time    | Ouverture avant l’échéance : écrivez un nombre entier
            every.anchor  | 1815-01-01 | en | every.anchor | First date: The date 1815-01-01 is out of reach
            cadence       | sometimes | fr | cadence     | Rythme : choisissez un rythme
            frameworks    | A.8.9    | en | frameworks   | Controls of frameworks: ‘A.8.9’ does not fit
            assurance.low | blood    | en | assurance.low | Assurance asked for, low: ‘blood’ is none of the choices
            checklist.0.id | A B     | en | checklist.0.id | Question 1, Id: ‘A B’ does not fit""")
    void eachFaultStandsBesideItsField(String field, String typed, String language, String at, String sentence) {
        Map<String, List<String>> form =
                blank("title", "Whatever I typed", "instructions", "Look & <see>", "checklist.0.text", "Right?");
        form.put(field, List.of(typed == null ? "" : typed));
        SERVER.in(language);
        String page = send("/plans", form, "save", 422);
        assertThat(page)
                .contains("<a href=\"#" + at + "\">" + sentence, "id=\"" + at + "\"", "Look &amp; &lt;see&gt;")
                .doesNotContain("P&lt;n&gt;")
                .containsOnlyOnce("class=\"field-error\"");
        if (typed != null && !field.equals("cadence") && !field.startsWith("assurance")) {
            assertThat(page).contains("value=\"" + typed + "\"");
        }
        assertThat(titles()).doesNotContain("Whatever I typed");
    }

    @Test
    void countingTellsWhatTheScopeCoversWhileTheRestIsNotWritten() {
        Map<String, List<String>> form = blank("title", "", "scope.criticality", "high", "scope.environments", "prod");
        assertThat(send("/plans", form, "count", 200))
                .contains("One asset is covered, of 4 active")
                .doesNotContain("field-error");
        form.put("scope.units", List.of("Works, north"));
        assertThat(send("/plans", form, "count", 200)).contains("No asset is covered, of 4 active");
        form.put("scope.assets", List.of("web-01 not/a/ref"));
        assertThat(send("/plans", form, "count", 422)).contains("Only these assets: ‘not/a/ref’ does not fit");
    }

    @Test
    void whatWasTypedGoesOverToTheTextAndBack() {
        Map<String, List<String>> form = blank("title", "", "lead_time", "soon", "checklist.0.text", "Right?");
        String text = textArea(send("/plans", form, "text", 200));
        assertThat(text).contains("lead_time: \"PsoonD\"", "\"text\":\"Right?\"");
        assertThat(send("/plans", Map.of("text", List.of(text)), "form", 422)).contains("line ", "name=\"text\"");
        String mended = "title: T\n" + text.replace("PsoonD", "P3W");
        assertThat(send("/plans", Map.of("text", List.of(mended)), "form", 200))
                .contains("name=\"as\" value=\"form\"", "value=\"21\"", "Right?")
                .doesNotContain("name=\"text\"");
        assertThat(SERVER.get("/plans/new?as=text").body()).contains("name=\"text\"", "cadence: {every: P3M");
    }

    @Test
    void anIdThatIsTakenIsSaidAtTheId() {
        SERVER.post("/api/v1/plans", TestReviews.QUARTERLY);
        Map<String, List<String>> form = blank("title", "Quarterly");
        for (String action : List.of("save", "preview")) {
            assertThat(send("/plans", form, action, 409))
                    .as("a preview would tell the numbers of a change to the other plan")
                    .contains("<a href=\"#id\">Id: A plan of this id exists already");
        }
    }

    /** Whatever a field holds is met with a page, not with an error of the SERVER, and not with hours of work. */
    @Test
    void strangeFieldsAreSaid() {
        Map<String, List<String>> form = blank("title", "T", "lead_time", "3", "lead_time.unit", "%d");
        send("/plans", form, "preview", 422);
        form = blank("title", "It\u0092s ours");
        send("/plans", form, "save", 303);
        assertThat(SERVER.get("/plans/it-s-ours").statusCode()).isEqualTo(200);
        form.put("title", List.of("T"));
        for (int row = 0; row < 600; row++) {
            form.put("checklist." + row + ".text", List.of("The same"));
        }
        send("/plans", form, "preview", 200);
    }

    @ParameterizedTest
    @CsvSource({"0, days, 0, days", "9999, years, 9999, years", "0, days, 9999, days", "9999, months, 0, days"})
    void theTimeLineIsDrawnForAnyWindow(String lead, String leadUnit, String missed, String missedUnit) {
        Map<String, List<String>> form = blank(
                "title",
                "T",
                "lead_time",
                lead,
                "lead_time.unit",
                leadUnit,
                "missed_after",
                missed,
                "missed_after.unit",
                missedUnit);
        assertThat(send("/plans", form, "preview", 200)).contains("<svg class=\"chart chart-wide\"", "The window ends");
    }

    /** A form is about the plan of its address, and about no other that its title would name. */
    @Test
    void theFormOfAPlanThatIsNotThereChangesNoOther() {
        SERVER.post("/api/v1/plans", TestReviews.QUARTERLY);
        Map<String, List<String>> form = blank("title", "Quarterly", "v", "1");
        send("/plans/nowhere", form, "save", 404);
        send("/plans/nowhere", form, "preview", 404);
        assertThat(number("quarterly", "version")).isEqualTo(1);
    }

    @Test
    void aButtonThatIsNotSaveSavesNothing() {
        Map<String, List<String>> form = blank("title", "T", "checklist.1.text", "Two");
        assertThat(send("/plans", form, "", 200)).contains("name=\"checklist.0.text\"", "Two</textarea>");
        send("/plans", Map.of("text", List.of(TestReviews.QUARTERLY.replace("id: quarterly", "id: unsaved"))), "", 200);
        assertThat(SERVER.get("/api/v1/plans").body()).doesNotContain("\"T\"", "\"unsaved\"");
    }

    private static List<String> titles() {
        return Json.tree(SERVER.get("/api/v1/plans").body()).get("items").findValuesAsString("title");
    }

    /** The empty form, with these fields filled in. */
    private static Map<String, List<String>> blank(String... filled) {
        Map<String, List<String>> form = shown(SERVER.get("/plans/new").body());
        for (int i = 0; i < filled.length; i += 2) {
            form.put(filled[i], List.of(filled[i + 1]));
        }
        return form;
    }

    private static int number(String plan, String field) {
        return Json.tree(SERVER.get("/api/v1/plans/" + plan).body()).get(field).asInt();
    }

    private static Map<String, List<String>> shown(String page) {
        Map<String, List<String>> form = ShownForm.fields(page);
        assertThat(form).containsEntry("as", List.of("form"));
        return form;
    }

    private static String textArea(String page) {
        return ShownForm.fields(page).getOrDefault("text", List.of("")).get(0);
    }

    private String send(String path, Map<String, List<String>> form, String action, int status) {
        Map<String, List<String>> all = new LinkedHashMap<>(form);
        all.put("do", List.of(action));
        HttpResponse<String> answer = SERVER.fields(path, all);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body().replace('\u00a0', ' ').replace('\u202f', ' ');
    }
}
