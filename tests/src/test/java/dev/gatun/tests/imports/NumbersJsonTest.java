package dev.gatun.tests.imports;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.json.JsonException;
import dev.gatun.formats.json.NumbersJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON of weights: numbers in arrays are floats, each the one that the JDK gives for its text. */
final class NumbersJsonTest {

    private static Map<String, Object> read(String text) throws IOException {
        return NumbersJson.object(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatThereIsBesideNumbers() throws IOException {
        Map<String, Object> map = read("""
                {"a": [1, 2.5, -3e2], "b": [null, 1], "c": [[1], []], "d": "x", "e": 5, "f": 0.5, "g": true, "h": null,
                 "i": {"j": [1, "k"]}, "l": [NaN, Infinity, -Infinity]}""");
        assertArrayEquals(new float[] {1, 2.5f, -300}, (float[]) map.get("a"));
        assertEquals(Arrays.asList(null, 1L), map.get("b"));
        assertInstanceOf(float[].class, ((List<?>) map.get("c")).get(1));
        assertEquals("x", map.get("d"));
        assertEquals(5L, map.get("e"));
        assertEquals(0.5, map.get("f"));
        assertEquals(true, map.get("g"));
        assertEquals(Map.of("j", List.of(1.0, "k")), map.get("i"));
        assertArrayEquals(new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY},
                (float[]) map.get("l"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []            | expected an object
            {"a": 1       | got the end
            {"a": 1} x    | more follows
            {"a": 1, "a": 2} | twice
            {"a": [1, ]}  | expected a value
            """)
    void whatIsNotSoundIsRefused(String text, String said) {
        String message = assertThrows(JsonException.class, () -> read(text)).getMessage();
        assertTrue(message.contains(said), message);
    }

    @Test
    void deepAndWideTextsAreRefused() {
        assertThrows(JsonException.class, () -> read("{\"a\": " + "[".repeat(100_000)));
        assertThrows(JsonException.class, () -> read("{\"a\": [" + "[],".repeat(2_000_000) + "[]]}"));
    }

    /** Among them floats as Python writes them, the middles between two floats, and a bit beside these. */
    @Test
    void everyNumberIsTheFloatOfTheJdk() throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder("{\"a\": [0, -0, 0.0, 1e400, -1e-400, 123456789012345678901234567890");
        for (int i = 0; i < 60_000; i++) {
            float one = Float.intBitsToFloat(random.nextInt());
            double middle = ((double) one + Math.nextUp(one)) / 2;
            double near = Math.nextUp(middle);
            String number = switch (i % 6) {
                case 0 -> Double.toString(random.nextFloat() - 0.5f);
                case 1 -> Double.toString(random.nextGaussian());
                case 2 -> Float.isFinite(one) ? Double.toString(one) : "1";
                case 3 -> Double.isFinite(middle) ? Double.toString(middle) : "2";
                case 4 -> Double.isFinite(near) ? Double.toString(near) : "3";
                default -> (random.nextInt() / 7) + "." + Math.abs(random.nextLong()) + "e" + (random.nextInt(60) - 30);
            };
            text.append(", ").append(number);
        }
        String[] numbers = text.substring(text.indexOf("[") + 1).split(", ");
        float[] got = (float[]) read(text + "]}").get("a");
        assertEquals(numbers.length, got.length);
        for (int i = 0; i < got.length; i++) {
            assertEquals(Float.floatToRawIntBits((float) Double.parseDouble(numbers[i])),
                    Float.floatToRawIntBits(got[i]),
                    numbers[i]);
        }
    }
}
