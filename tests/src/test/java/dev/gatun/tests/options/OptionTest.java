package dev.gatun.tests.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.OptionSet;
import dev.gatun.layers.OptionValues;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Options, sets of them and configurations of a class that is no layer of Gatun's. */
final class OptionTest {

    private static final Option<Integer> SIZE = Option.required("size", OptionKind.WHOLE)
            .check((name, value) -> value > 0 ? null : "expected a positive " + name + ", got " + value);
    private static final Option<Double> RATE = Option.of("rate", OptionKind.NUMBER, 0.5);
    private static final Option<Boolean> BIAS = Option.of("bias", OptionKind.FLAG, true);
    private static final OptionSet SET = OptionSet.of("MyOwnRNNCell", SIZE, RATE, BIAS).only("mode", "fast")
            .without("seed", "limit").ignoring("unroll", "changes nothing");

    private static String refused(Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }

    private static Configuration read(String name, Map<String, Object> map) {
        return SET.read(name, new OptionReader("Layer 'a'", map));
    }

    @Test
    void anOptionSaysWhatItIs() {
        assertEquals("rate", RATE.name());
        assertSame(OptionKind.NUMBER, RATE.kind());
        assertEquals(0.5, RATE.standard());
        assertFalse(RATE.isRequired());
        assertTrue(SIZE.isRequired());
        assertNull(SIZE.standard());
        assertEquals("a whole number", SIZE.kind().words());
        assertEquals("MyOwnRNNCell [size, rate, bias]", SET.toString());
        assertEquals(List.of(SIZE, RATE, BIAS), SET.options());
        Map<String, Object> only = new HashMap<>(Map.of("mode", "fast", "dtype", "float32"));
        only.put("seed", null);
        only.put("limit", null);
        assertEquals(only, SET.only());
        assertEquals(Map.of("unroll", "changes nothing"), SET.ignored());
        assertFalse(OptionSet.of("Own", Option.of("dtype", OptionKind.VALUE_TYPE, ValueType.INT32)).only()
                .containsKey("dtype"), "a class may have a type of numbers as its own option");
    }

    /** Sets are immutable: each method gives a larger one, and leaves the first as it is. */
    @Test
    void aSetGrows() {
        Option<Integer> free = Option.required("size", OptionKind.WHOLE);
        Option<Integer> even = free.check((name, value) -> value % 2 == 0 ? null : name + " is odd: " + value);
        OptionSet set = OptionSet.of("Grown", even);
        OptionSet more = set.without("limit").ignoring("seed", "nothing is drawn");
        assertEquals(Map.of("dtype", "float32"), set.only());
        assertEquals(Map.of(), set.ignored());
        assertTrue(more.only().containsKey("limit"));
        assertEquals(Map.of("seed", "nothing is drawn"), more.ignored());
        assertEquals("Grown: size is odd: 3", refused(() -> Configuration.of(more).with(even, 3)));
        assertEquals(3, Configuration.of(OptionSet.of("Free", free)).with(free, 3).get(free));
    }

    @Test
    void namesAreInSnakeCaseAsKerasDoes() {
        assertEquals("my_own_rnn_cell", SET.defaultName());
        assertEquals("lstm", OptionSet.of("LSTM").defaultName());
        assertEquals("time_distributed", OptionSet.of("TimeDistributed").defaultName());
    }

    @Test
    void valuesAreCheckedWhoeverTheyBelongTo() {
        Configuration nameless = Configuration.of(SET);
        assertEquals("MyOwnRNNCell: expected a positive size, got 0", refused(() -> nameless.with(SIZE, 0)));
        assertEquals("MyOwnRNNCell 'a': expected a positive size, got 0",
                refused(() -> nameless.named("a").with(SIZE, 0)));
        assertEquals("MyOwnRNNCell 'a': size is null; give a whole number",
                assertThrows(NullPointerException.class, () -> nameless.named("a").with(SIZE, null)).getMessage());
        OptionValues ownerless = OptionValues.of(List.of(SIZE));
        assertEquals("expected a positive size, got -1", refused(() -> ownerless.with(SIZE, -1, "")));
    }

    @Test
    void configurationsAreEqualIfClassNameAndValuesAre() {
        Configuration one = Configuration.of(SET).with(SIZE, 3);
        Configuration same = Configuration.of(SET).with(RATE, 0.5).with(SIZE, 3);
        assertEquals(one, same, "a default that was given is a default");
        assertEquals(one.hashCode(), same.hashCode());
        assertEquals(one.named("a").hashCode(), same.named("a").hashCode());
        assertEquals(OptionValues.of(SET.options()).with(SIZE, 3, ""),
                OptionValues.of(SET.options()).with(BIAS, true, "").with(SIZE, 3, ""));
        for (Object other : List.of(one.named("a"), one.trainable(false), one.with(SIZE, 4), one.with(RATE, 0.25),
                one.with(BIAS, false), Configuration.of(OptionSet.of("Other", SIZE, RATE, BIAS)).with(SIZE, 3),
                "one")) {
            assertNotEquals(one, other);
        }
        assertNotEquals(one.hashCode(), one.with(SIZE, 4).hashCode());
        assertNotEquals(one.hashCode(), one.with(RATE, 0.25).hashCode());
        assertNotEquals(one.hashCode(), one.named("a").hashCode());
        OptionValues values = OptionValues.of(List.of(SIZE));
        assertNotEquals(values, OptionValues.of(List.of(RATE)));
        assertNotEquals(values, "values");
    }

    @Test
    void configurationsSayWhatTheyHold() {
        Configuration one = Configuration.of(SET).with(SIZE, 3).named("a");
        assertEquals("MyOwnRNNCell 'a' {size=3, rate=0.5, bias=true}", one.toString());
        assertEquals("MyOwnRNNCell {size=3, rate=0.5, bias=true, trainable=false}",
                one.named(null).trainable(false).toString());
        assertEquals("{size=3}", OptionValues.of(List.of(SIZE)).with(SIZE, 3, "").toString());
        assertTrue(one.trainable());
        assertFalse(one.trainable(false).trainable());
        assertSame(SET, one.options());
        assertEquals(0.5, one.get(RATE));
        assertEquals(List.of("size", "rate", "bias"), List.copyOf(one.toMap().keySet()), "in the order of the options");
    }

    @Test
    void configurationsComeOutOfMaps() {
        Map<String, Object> map = new LinkedHashMap<>(Map.of("size", 3, "bias", false, "mode", "fast", "unroll", 7));
        map.put("seed", null);
        assertEquals(Configuration.of(SET).named("a").with(SIZE, 3).with(BIAS, false), read("a", map));
        map.put("trainable", false);
        assertEquals(Configuration.of(SET).with(SIZE, 3).with(BIAS, false).trainable(false), read(null, map));
        assertEquals("Layer 'a': size is missing", refused(() -> read("a", Map.of("rate", 0.1))));
        assertEquals("Layer 'a' has mode='slow', which Gatun does not support; only mode=fast is",
                refused(() -> read("a", Map.of("size", 3, "mode", "slow"))));
        assertEquals("Layer 'a' has limit=1, which Gatun does not support; only limit=null is",
                refused(() -> read("a", Map.of("size", 3, "limit", 1))));
        String odd = refused(() -> read("a", Map.of("size", 3, "odd", 1)));
        assertTrue(odd.startsWith("Layer 'a' has an option that Gatun does not know: odd=1; known are "
                + "activity_regularizer, bias, dtype, "),
                odd);
        assertTrue(refused(() -> read("a", Map.of("size", 0))).contains("positive size"));
    }

    /** What is written is numbers, text, booleans, lists and maps, and is read as the value it was. */
    @Test
    void everyKindIsWrittenAndReadBack() {
        comesBack(OptionKind.WHOLE, 7, 7L);
        comesBack(OptionKind.NUMBER, 0.25, 0.25);
        comesBack(OptionKind.FLAG, true, true);
        comesBack(OptionKind.FLAG, false, false);
        comesBack(OptionKind.ACTIVATION, ActivationFunction.TANH, "tanh");
        comesBack(OptionKind.INITIALIZER, new Initializer.Orthogonal(1.5),
                Map.of("class_name", "Orthogonal", "config", new Initializer.Orthogonal(1.5).config()));
        comesBack(OptionKind.SHAPE, Shape.of(Shape.UNKNOWN, 3), Arrays.asList(null, 3L));
        comesBack(OptionKind.WHOLES, List.of(2, 1), List.of(2L, 1L));
        comesBack(OptionKind.VALUE_TYPE, ValueType.MASK, "bool");
    }

    private static <V> void comesBack(OptionKind<V> kind, V value, Object plain) {
        assertEquals(plain, kind.write(value));
        assertEquals(value, kind.read(new OptionReader("a", Map.of("k", plain)), "k"));
    }

    @Test
    void aLayerWithinIsWrittenWithItsNameIfItHasOne() {
        Layer dense = Dense.units(3).activation("tanh");
        assertEquals(Map.of("class_name", "Dense", "config", dense.config()), OptionKind.LAYER.write(dense));
        assertEquals(Map.of("class_name", "Dense", "name", "in", "config", dense.config()),
                OptionKind.LAYER.write(dense.named("in")));
    }
}
