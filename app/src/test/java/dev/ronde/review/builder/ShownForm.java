package dev.ronde.review.builder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a browser would send of the fields of a page. */
final class ShownForm {
    private static final Pattern FIELD = Pattern.compile(
            "<input(?<input>[^>]*)>|<textarea(?<area>[^>]*)>\\n?(?<text>[^<]*)</textarea>"
                    + "|<select(?<select>[^>]*)>(?<options>.*?)</select>",
            Pattern.DOTALL);
    private static final Pattern OPTION = Pattern.compile("<option value=\"([^\"]*)\" selected>");

    private ShownForm() {}

    static Map<String, List<String>> fields(String page) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        Matcher field = FIELD.matcher(page);
        while (field.find()) {
            if (field.group("input") != null) {
                String attributes = field.group("input");
                String type = attribute(attributes, "type");
                if (!type.equals("checkbox") && !type.equals("radio") || attributes.endsWith(" checked")) {
                    add(fields, attributes, attribute(attributes, "value"));
                }
            } else if (field.group("area") != null) {
                add(fields, field.group("area"), field.group("text"));
            } else {
                Matcher chosen = OPTION.matcher(field.group("options"));
                add(fields, field.group("select"), chosen.find() ? chosen.group(1) : "");
            }
        }
        fields.remove("_csrf");
        return fields;
    }

    private static void add(Map<String, List<String>> fields, String attributes, String value) {
        fields.computeIfAbsent(attribute(attributes, "name"), name -> new ArrayList<>())
                .add(plain(value));
    }

    private static String attribute(String attributes, String name) {
        Matcher value = Pattern.compile("\\s" + name + "=\"([^\"]*)\"").matcher(attributes);
        return value.find() ? value.group(1) : "";
    }

    private static String plain(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
