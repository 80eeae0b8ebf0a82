package dev.gatun.tests.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Options out of a plain map, kind by kind: what is read, what is refused, and in which words. */
final class OptionReaderTest {

    private static OptionReader of(Object value) {
        Map<String, Object> map = new HashMap<>();
        map.put("k", value);
        return new OptionReader("Layer 'a' (Gain)", map);
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void wholeNumbersUpToWhatAnIntHolds() {
        assertEquals(7, of(7L).integer("k"));
        assertEquals(7, of(7.0).integer("k"), "JSON has one kind of number");
        assertEquals(Integer.MAX_VALUE, of((long) Integer.MAX_VALUE).integer("k"));
        assertEquals(-Integer.MAX_VALUE, of(-(long) Integer.MAX_VALUE).integer("k"));
        for (Object wrong : new Object[] {0.5, Integer.MAX_VALUE + 1L, -Integer.MAX_VALUE - 2L, Double.NaN, true}) {
            refused("Layer 'a' (Gain): expected a whole number for k, got " + wrong, () -> of(wrong).integer("k"));
        }
        refused("Layer 'a' (Gain): expected a whole number for k, got '7'", () -> of("7").integer("k"));
        refused("Layer 'a' (Gain): k is missing", () -> of(null).integer("k"));
        assertEquals(List.of(2, 1), of(List.of(2L, 1.0)).integers("k"));
        refused("Layer 'a' (Gain): expected a whole number for k, got 1.5", () -> of(List.of(2, 1.5)).integers("k"));
    }

    @Test
    void numbersFlagsAndTextsHaveAnAnswerForNothing() {
        assertEquals(0.5, of(0.5f).number("k", 2));
        assertEquals(2, of(null).number("k", 2));
        refused("Layer 'a' (Gain): expected a number for k, got '2'", () -> of("2").number("k", 2));
        assertTrue(of(null).flag("k", true));
        assertFalse(of(false).flag("k", true));
        assertTrue(of(true).flag("k", false));
        refused("Layer 'a' (Gain): expected true or false for k, got 0", () -> of(0).flag("k", true));
        assertEquals("t", of(null).text("k", "t"));
        assertNull(of(null).text("k", null));
        assertEquals("s", of("s").text("k", "t"));
        refused("Layer 'a' (Gain): expected text for k, got 1", () -> of(1).text("k", "t"));
        refused("Layer 'a' (Gain): k is missing", () -> of(null).text("k"));
    }

    @Test
    void shapesHaveSizesFromZeroAndUnknownOnes() {
        assertEquals(Shape.of(Shape.UNKNOWN, 0, 3), of(Arrays.asList(null, 0, 3L)).shape("k"));
        refused("Layer 'a' (Gain): a size cannot be negative, got k [2, -1]", () -> of(List.of(2, -1)).shape("k"));
        refused("Layer 'a' (Gain): expected whole numbers or null for k, got [2, 1.0]",
                () -> of(List.of(2, 1.0)).shape("k"));
        refused("Layer 'a' (Gain): expected a list for k, got 2", () -> of(2).shape("k"));
        refused("Layer 'a' (Gain): k is missing", () -> of(null).list("k"));
    }

    @Test
    void kindsOfNumbersFunctionsAndInitializersAreNamed() {
        assertEquals(ValueType.MASK, of("bool").valueType("k"));
        assertEquals(ValueType.INT32, of("INT32").valueType("k"));
        refused("Layer 'a' (Gain): expected float32, int32 or bool for k, got 'float16'",
                () -> of("float16").valueType("k"));
        refused("Layer 'a' (Gain): expected float32, int32 or bool for k, got 32", () -> of(32).valueType("k"));
        refused("Layer 'a' (Gain): k is missing", () -> of(null).valueType("k"));
        assertEquals(ActivationFunction.TANH, of("tanh").activation("k"));
        String unknown = assertThrows(IllegalArgumentException.class, () -> of("mush").activation("k")).getMessage();
        assertTrue(unknown.startsWith("Layer 'a' (Gain): k: ") && unknown.contains("mush"), unknown);
        refused("Layer 'a' (Gain): expected text for k, got 1", () -> of(1).activation("k"));
        Map<String, Object> ones = Map.of("class_name", "Ones", "config", Map.of());
        assertEquals(Initializer.ONES, of(ones).initializer("k"));
        String mine = assertThrows(IllegalArgumentException.class,
                () -> of(Map.of("class_name", "Mine", "config", Map.of())).initializer("k")).getMessage();
        assertTrue(mine.startsWith("Layer 'a' (Gain): k: Unknown initializer 'Mine'"), mine);
        refused("Layer 'a' (Gain): k: class_name is missing", () -> of(Map.of()).initializer("k"));
    }

    @Test
    void mapsHaveTextAsKeysAndTheirOwnWords() {
        Map<String, Object> inner = Map.of("units", 3);
        assertSame(inner, of(inner).map("k"));
        assertEquals(3, of(inner).nested("k").integer("units"));
        refused("Layer 'a' (Gain): k: rate is missing", () -> of(inner).nested("k").text("rate"));
        refused("Layer 'a' (Gain): k: expected a map, got {1=2}", () -> of(Map.of(1, 2)).map("k"));
        refused("Layer 'a' (Gain): k: expected a map, got [1]", () -> of(List.of(1)).map("k"));
        refused("the file: expected a map, got null", () -> OptionReader.asMap(null, "the file"));
    }

    @Test
    void anOptionWithOneValueIsPassedOverIfItAsksForNothingElse() {
        of(null).only("k", null);
        of(null).only("k", 0.0);
        of(0).only("k", 0.0);
        of("same").only("k", "same");
        refused("Layer 'a' (Gain) has k=0.5, which Gatun does not support; only k=0.0 is",
                () -> of(0.5).only("k", 0.0));
        refused("Layer 'a' (Gain) has k='0', which Gatun does not support; only k=0 is", () -> of("0").only("k", 0));
        refused("Layer 'a' (Gain) has k=1, which Gatun does not support; only k=null is", () -> of(1).only("k", null));
    }

    @Test
    void whatNobodyAskedForIsNamedWithWhatIsKnown() {
        Map<String, Object> map = new HashMap<>(Map.of("units", 3, "rate", 0.5, "odd", "x"));
        map.put("nothing", null);
        OptionReader reader = new OptionReader("Layer 'a' (Gain)", map);
        assertEquals("Layer 'a' (Gain)", reader.owner());
        assertTrue(reader.has("units"));
        assertFalse(reader.has("bias"));
        assertFalse(reader.has("nothing"));
        reader.ignore("rate");
        refused("Layer 'a' (Gain) has an option that Gatun does not know: odd='x'; known are bias, nothing, rate, units",
                reader::requireNothingLeft);
        reader.ignore("odd");
        reader.requireNothingLeft();
    }

    @Test
    void aMessageDoesNotHoldAFile() {
        assertEquals("'" + "x".repeat(100) + "'", OptionReader.shown("x".repeat(100)));
        assertEquals("'" + "x".repeat(100) + "...'", OptionReader.shown("x".repeat(101)));
        assertEquals(Collections.nCopies(20, 1).toString(), OptionReader.shown(Collections.nCopies(20, 1)));
        assertEquals(Collections.nCopies(20, 1) + " and 1 more", OptionReader.shown(Collections.nCopies(21, 1)));
        assertEquals("[1.5, 2.0]", OptionReader.shown(new float[] {1.5f, 2}));
        assertEquals("[[1.0], x]", OptionReader.shown(List.of(new float[] {1}, "x")));
        assertTrue(OptionReader.shown(new float[21]).endsWith("..."));
        assertEquals("null", OptionReader.shown(null));
    }
}
