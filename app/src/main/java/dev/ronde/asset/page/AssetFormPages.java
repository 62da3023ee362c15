package dev.ronde.asset.page;

import dev.ronde.asset.field.AssetFacts;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.field.AssetWords;
import dev.ronde.asset.field.CellParser;
import dev.ronde.asset.field.Criticality;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The forms that add, change, retire and restore an asset; a refused form keeps what was typed. */
public record AssetFormPages(Database database, Assets assets, AssetReader reader, AssetWords words, PageRenderer pages)
        implements Routes {
    private static final String FORM = "web/asset/form.peb";

    @Override
    public void register(Router router) {
        router.get("/assets/new", Access.LEADS, this::blank);
        router.post("/assets", Access.LEADS, this::add);
        router.get("/assets/{ref}/edit", Access.LEADS, this::edit);
        router.post("/assets/{ref}/edit", Access.LEADS, this::change);
        router.post("/assets/{ref}/retire", Access.LEADS, context -> setRetired(context, true));
        router.post("/assets/{ref}/restore", Access.LEADS, context -> setRetired(context, false));
    }

    private void blank(Context context) {
        show(context, null, Map.of("criticality", "medium"), List.of(), null);
    }

    private void add(Context context) {
        Map<String, String> typed = Requests.form(context);
        AssetReader.Form form = read(context, typed);
        List<FieldError> errors = form.errors().isEmpty() ? wrong(context, null, form.facts()) : form.errors();
        if (!errors.isEmpty()) {
            refuse(context, null, typed, errors);
            return;
        }
        Actor by = Actor.of(Requests.principal(context));
        try {
            Asset asset = database.inTransaction(tx -> assets.create(tx, form.facts(), by));
            context.redirect("/assets/" + asset.ref() + "?saved=1", HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            if (!problem.code().equals("ref_taken")) {
                throw problem;
            }
            AssetWords.Refusal taken =
                    new AssetWords.Refusal("ref_taken", List.of(form.facts().ref()));
            Locale locale = pages.reader(context).locale();
            refuse(context, null, typed, List.of(reader.error(AssetField.REF, taken, locale)));
        }
    }

    /**
     * One field as the template shows it.
     *
     * @param name name of the JSON field, also of the input
     * @param input text, email, number, date, select or textarea
     * @param options what a select offers, or what a text suggests
     * @param error what is wrong with the value; null where nothing is
     * @param present the value somebody else saved meanwhile; null where it is the same
     */
    public record FormField(
            String name,
            String value,
            String input,
            boolean required,
            List<String> options,
            @Nullable String error,
            @Nullable String present) {}

    private AssetReader.Form read(Context context, Map<String, String> typed) {
        return reader.form(typed, pages.reader(context).locale());
    }

    private List<FieldError> wrong(Context context, @Nullable Asset before, AssetFacts facts) {
        Locale locale = pages.reader(context).locale();
        return database.read(handle -> reader.breaches(handle, before, facts, locale));
    }

    private Asset asset(Context context) {
        return database.read(handle -> assets.get(handle, context.pathParam("ref")));
    }

    private void edit(Context context) {
        Asset asset = asset(context);
        show(context, asset, cells(asset), List.of(), null);
    }

    private Map<String, String> cells(Asset asset) {
        AssetFacts facts = database.read(handle -> assets.facts(handle, asset));
        Map<String, String> cells = new HashMap<>();
        for (AssetField field : AssetField.values()) {
            cells.put(field.json(), facts.cell(field));
        }
        return cells;
    }

    private void change(Context context) {
        Asset before = asset(context);
        Map<String, String> typed = new HashMap<>(Requests.form(context));
        typed.put("ref", before.ref());
        AssetReader.Form form = read(context, typed);
        List<FieldError> errors = form.errors().isEmpty() ? wrong(context, before, form.facts()) : form.errors();
        if (!errors.isEmpty()) {
            refuse(context, before, typed, errors);
            return;
        }
        if (!String.valueOf(before.version()).equals(typed.get("version"))) {
            context.status(HttpStatus.PRECONDITION_FAILED);
            show(context, before, typed, List.of(), cells(before));
            return;
        }
        Actor by = Actor.of(Requests.principal(context));
        Asset after = database.inTransaction(tx -> assets.update(tx, before, form.facts(), by));
        context.redirect("/assets/" + after.ref() + "?saved=1", HttpStatus.SEE_OTHER);
    }

    private void setRetired(Context context, boolean retired) {
        Actor by = Actor.of(Requests.principal(context));
        Asset asset = database.inTransaction(tx -> {
            Asset before = assets.get(tx, context.pathParam("ref"));
            return retired ? assets.retire(tx, before, by) : assets.restore(tx, before, by);
        });
        context.redirect("/assets/" + asset.ref() + "?saved=1", HttpStatus.SEE_OTHER);
    }

    private void refuse(Context context, @Nullable Asset asset, Map<String, String> typed, List<FieldError> errors) {
        context.status(HttpStatus.UNPROCESSABLE_CONTENT);
        show(context, asset, typed, errors, null);
    }

    private void show(
            Context context,
            @Nullable Asset asset,
            Map<String, String> values,
            List<FieldError> errors,
            @Nullable Map<String, String> present) {
        Map<String, String> wrong = new HashMap<>();
        errors.forEach(error -> wrong.put(error.pointer().substring(1), error.message()));
        List<FormField> fields = new ArrayList<>();
        for (AssetField field : AssetField.values()) {
            if (asset == null || field != AssetField.REF) {
                fields.add(field(field, values, wrong, present));
            }
        }
        Map<String, Object> model = new HashMap<>();
        model.put("fields", fields);
        model.put(
                "errors", fields.stream().filter(field -> field.error() != null).toList());
        model.put("conflict", present != null);
        model.put("ref", asset == null ? "" : asset.ref());
        model.put("version", asset == null ? "" : String.valueOf(asset.version()));
        pages.render(context, FORM, model);
    }

    private FormField field(
            AssetField field,
            Map<String, String> values,
            Map<String, String> wrong,
            @Nullable Map<String, String> present) {
        String name = field.json();
        String value = values.getOrDefault(name, "");
        String now = present == null ? value : present.getOrDefault(name, "");
        return new FormField(
                name,
                value,
                input(field),
                field.required(),
                options(field),
                wrong.get(name),
                now.equals(value) ? null : now);
    }

    private static String input(AssetField field) {
        return switch (field) {
            case OWNER, BACKUP, MANAGER -> "email";
            case KIND, CRITICALITY, STARTTLS, EXPECTED_CLOSED -> "select";
            case PORT -> "number";
            case PROBE_AUTHORISED_UNTIL, LAST_REVIEW_ON -> "date";
            case NOTES -> "textarea";
            default -> "text";
        };
    }

    private List<String> options(AssetField field) {
        return switch (field) {
            case KIND -> List.copyOf(new TreeSet<>(words.kinds()));
            case CRITICALITY ->
                Arrays.stream(Criticality.values()).map(Criticality::word).toList();
            case STARTTLS -> List.copyOf(new TreeSet<>(CellParser.STARTTLS));
            case EXPECTED_CLOSED -> List.of("true");
            case ZONE -> List.copyOf(new TreeSet<>(ZoneId.getAvailableZoneIds()));
            case UNIT -> database.read(assets::units);
            case ENVIRONMENT -> database.read(assets::environments);
            default -> List.of();
        };
    }
}
