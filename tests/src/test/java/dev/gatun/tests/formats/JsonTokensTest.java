package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatun.formats.PlainJson;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON is read and written as Jackson, an implementation of its own, reads and writes it; what is refused is said where. */
final class JsonTokensTest {

    private static final String PIECES = "{}[]:,\"\\/ \t\n0123456789.eE+-truefalsnNIity\u00e4\ud83d\ude00\u0001ub";

    /** Python's numbers, nothing behind the object, no key twice; numbers as whole as they are. */
    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    @Property(tries = 2000)
    void whatIsWrittenIsWhatJacksonWritesAndIsReadAgain(@ForAll long seed) throws JsonProcessingException {
        Map<String, Object> map = object(new Random(seed), 3);
        String text = PlainJson.text(map);
        assertEquals(JACKSON.writeValueAsString(map), text);
        assertEquals(map, PlainJson.object("it", text));
        assertEquals(JACKSON.rebuild().disable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build()
                .writeValueAsString(map), PlainJson.inOrder(map));
    }

    @Property(tries = 5000)
    void damagedTextIsRefusedOrReadAsJacksonDoes(@ForAll long seed) throws JsonProcessingException {
        Random random = new Random(seed);
        String text = PlainJson.text(object(random, 3));
        for (int i = random.nextInt(4); i >= 0; i--) {
            text = damaged(text, random);
        }
        Assume.that(!text.contains("+I")); // +Infinity is Jackson's own, and no number of Python's
        Object expected = byJackson(text);
        String damaged = text;
        if (expected instanceof Map<?, ?> map) {
            assertEquals(longs(map), PlainJson.object("it", text), shown(text));
        } else {
            String said = assertThrows(IllegalArgumentException.class, () -> PlainJson.object("it", damaged),
                    () -> shown(damaged) + " is refused by Jackson: " + expected)
                    .getMessage();
            assertTrue(said.startsWith("it is not "), said);
        }
    }

    @Property(tries = 200)
    @Tag("thorough")
    void manyTextsAreRefusedOrReadAsJacksonDoes(@ForAll long seed) throws JsonProcessingException {
        for (int i = 0; i < 1000; i++) {
            damagedTextIsRefusedOrReadAsJacksonDoes(seed + i);
        }
    }

    private static Object byJackson(String text) {
        try {
            return JACKSON.readValue(text, Object.class);
        } catch (JsonProcessingException refused) {
            return refused;
        }
    }

    /** Jackson takes the smallest type that holds a number. */
    private static Object longs(Object value) {
        return switch (value) {
            case null -> null;
            case Integer number -> number.longValue();
            case List<?> list ->
                list.stream().map(JsonTokensTest::longs).collect(Collectors.toCollection(ArrayList::new));
            case Map<?, ?> map -> {
                Map<Object, Object> all = new LinkedHashMap<>();
                map.forEach((key, one) -> all.put(key, longs(one)));
                yield all;
            }
            default -> value;
        };
    }

    private static String shown(String text) {
        return text.codePoints()
                .mapToObj(c -> c < ' ' || c > '~' ? String.format("<%x>", c) : Character.toString(c))
                .collect(Collectors.joining());
    }

    private static String damaged(String text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(3));
        String put = random.nextInt(3) == 0 ? "" : PIECES.substring(random.nextInt(PIECES.length())).substring(0, 1);
        return text.substring(0, at) + put + text.substring(end);
    }

    private static Map<String, Object> object(Random random, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            map.put(string(random), value(random, depth));
        }
        return map;
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 8)) {
            case 0 -> string(random);
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong() >> random.nextInt(64);
            case 3 -> Double.longBitsToDouble(random.nextLong());
            case 4 -> random.nextGaussian();
            case 5 -> null;
            case 6 -> new BigInteger(64 + random.nextInt(200), random).setBit(64);
            case 7 -> random.nextBoolean() ? Double.NEGATIVE_INFINITY : Double.NaN;
            case 8 -> object(random, depth - 1);
            default -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(random, depth - 1));
                }
                yield list;
            }
        };
    }

    private static String string(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES.charAt(random.nextInt(PIECES.length())));
        }
        return random.nextInt(50) == 0 ? text.repeat("long", 5000).toString() : text.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
        "{\"a\" 1}         | expected ':', got '1' at character 6",
        "{\"a\":1 \"b\":2} | expected ',' or '}', got '\"' at character 8",
        "{\"a\":1,}        | expected a key, got '}' at character 8",
        "{a:1}             | expected a key or '}', got 'a' at character 2",
        "{\"a\":[1,]}      | expected a value, got ']' at character 9",
        "{\"a\":[1 2]}     | expected ',' or ']', got '2' at character 9",
        "{\"a\":01}        | expected ',' or '}', got '1' at character 7",
        "{\"a\":-}         | expected a digit, got '}' at character 7",
        "{\"a\":1.}        | expected a digit, got '}' at character 8",
        "{\"a\":1e+}       | expected a digit, got '}' at character 9",
        "{\"a\":tru}       | expected a value, got tru at character 8",
        "{\"a\":\"\\x\"}   | behind a backslash, got 'x' at character 8",
        "{\"a\":\"\\u12g4\"} | four hexadecimal digits, got 'g' at character 11",
        "{\"a\":\"b        | got the end at character",
        "{\"a\":1          | expected ',' or '}', got the end at character 6",
        "{} {}             | more follows after the end, '{' at character 4"})
    void whatIsNotJsonIsSaidWhere(String text, String said) {
        String message = assertThrows(IllegalArgumentException.class, () -> PlainJson.object("it", text)).getMessage();
        assertTrue(message.startsWith("it is not JSON: ") && message.contains(said), message);
    }

    @Test
    void numbersAreExact() {
        Map<String, Object> read = PlainJson.object("it",
                "{\"a\":-0,\"b\":9223372036854775807,\"c\":-9223372036854775808,"
                        + "\"d\":9223372036854775808,\"e\":-0.0,\"f\":1e999,\"g\":4.9e-324,\"h\":0.1,\"i\":1E2,\"j\":-Infinity}");
        assertEquals(List.of(0L, Long.MAX_VALUE, Long.MIN_VALUE, BigInteger.ONE.shiftLeft(63), -0.0,
                Double.POSITIVE_INFINITY, Double.MIN_VALUE, 0.1, 100.0, Double.NEGATIVE_INFINITY),
                List.copyOf(read.values()));
    }

    @Test
    void aControlCharacterIsRefusedAndHalfOfAPairIsNot() {
        assertThrows(IllegalArgumentException.class, () -> PlainJson.object("it", "{\"a\":\"\n\"}"));
        assertEquals("\ud800", PlainJson.object("it", "{\"a\":\"\\uD800\"}").get("a"));
        assertFalse(PlainJson.object("it", "{\"\\u0000\\/\":{}}").containsKey("/"));
    }
}
