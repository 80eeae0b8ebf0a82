package dev.gatun.tests.attack.damage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What can happen to JSON by somebody who knows it: it stays JSON, mostly, and says something that cannot be. */
final class JsonDamage {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HERE = "@@here@@";

    private static final List<String> VALUES = List.of(
            "null", "true", "false", "-1", "0", "1", "2", "1e999", "-1e999", "1e-400", "-0.0", "0.5", "2147483647",
            "2147483648", "9223372036854775807", "9223372036854775808", "1000000000", "\"\"", "\"x\"", "\"1\"",
            "\"NaN\"", "\"\\u0000\"", "\"\\ud800\"", "\"tanh\"", "[]", "{}", "[[]]", "[null]", "[null,-1,2147483647]",
            "[1000000,1000000,1000000]", "{\"class_name\":null}", "{\"class_name\":\"Lstm\",\"config\":{}}",
            "{\"class_name\":\"__tuple__\",\"items\":[]}", "NaN", "Infinity", "01", "1.", "'x'", "// no", "");

    /** A place in a document: a field of an object, or an element of an array. */
    private record Place(JsonNode parent, String field, int index) {
        JsonNode value() {
            return parent instanceof ObjectNode object ? object.get(field) : parent.get(index);
        }

        void set(JsonNode value) {
            if (parent instanceof ObjectNode object) {
                object.set(field, value);
            } else {
                ((ArrayNode) parent).set(index, value);
            }
        }

        void remove() {
            if (parent instanceof ObjectNode object) {
                object.remove(field);
            } else {
                ((ArrayNode) parent).remove(index);
            }
        }
    }

    private JsonDamage() {}

    static String of(String text, Random random) {
        JsonNode document = read(text);
        List<Place> places = new ArrayList<>();
        collect(document, places);
        if (places.isEmpty()) {
            return value(random);
        }
        Place place = any(places, random);
        switch (random.nextInt(8)) {
            case 0 -> place.remove();
            case 1 -> place.set(any(places, random).value().deepCopy());
            case 2 -> {
                if (place.parent() instanceof ObjectNode object) {
                    JsonNode kept = object.remove(place.field());
                    object.set(place.field() + (random.nextBoolean() ? "x" : " "), kept);
                }
            }
            case 3 -> {
                // The field is there twice: the second time it says something else.
                String before = place.value().toString();
                place.set(TextNode.valueOf(HERE));
                String twice = place.parent() instanceof ObjectNode
                        ? before + ",\"" + place.field() + "\":" + value(random)
                        : before + "," + value(random);
                return raw(document, twice);
            }
            default -> {
                place.set(TextNode.valueOf(HERE));
                return raw(document, value(random));
            }
        }
        return document.toString();
    }

    /** Whether it is an object or an array in JSON. */
    static boolean isDocument(String text) {
        try {
            return JSON.readTree(text).isContainerNode();
        } catch (JsonProcessingException not) {
            return false;
        }
    }

    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException unsound) {
            throw new IllegalArgumentException("The sound file is not JSON", unsound);
        }
    }

    private static String raw(JsonNode document, String value) {
        return document.toString().replace('"' + HERE + '"', value);
    }

    private static String value(Random random) {
        return switch (random.nextInt(60)) {
            case 0 -> "[".repeat(100_000) + "]".repeat(100_000);
            case 1 -> "{\"a\":".repeat(3_000) + "1" + "}".repeat(3_000);
            case 2 -> "\"" + "long ".repeat(200_000) + "\"";
            case 3 -> "9".repeat(5_000);
            case 4 -> "[{}" + ",{}".repeat(1_000_000) + "]";
            case 5 -> "1e" + "9".repeat(30);
            case 6 -> "[0" + ",0".repeat(300_000) + "]";
            default -> VALUES.get(random.nextInt(VALUES.size()));
        };
    }

    private static Place any(List<Place> places, Random random) {
        return places.get(random.nextInt(places.size()));
    }

    private static void collect(JsonNode node, List<Place> places) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                places.add(new Place(node, field.getKey(), -1));
                collect(field.getValue(), places);
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                places.add(new Place(node, null, i));
                collect(array.get(i), places);
            }
        }
    }
}
