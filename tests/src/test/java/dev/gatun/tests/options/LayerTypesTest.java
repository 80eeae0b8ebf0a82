package dev.gatun.tests.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Law;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.LayerTypes;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Permute;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.tests.own.Gain;
import dev.gatun.tests.own.GainType;
import dev.gatun.tests.own.Unregistered;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Types of layers by class and by Keras's name, Gatun's own and a user's. */
final class LayerTypesTest {

    private static final List<String> GIVEN = List.of("InputLayer", "LSTM", "GRU", "SimpleRNN", "RNN", "LSTMCell",
            "GRUCell", "SimpleRNNCell", "StackedRNNCells", "Dense", "Activation", "LeakyReLU", "PReLU", "ELU", "ReLU",
            "BatchNormalization", "LayerNormalization", "RMSNormalization", "GroupNormalization", "UnitNormalization",
            "SpatialDropout1D", "GaussianNoise", "GaussianDropout", "AlphaDropout", "ActivityRegularization", "Conv1D",
            "Conv1DTranspose", "SeparableConv1D", "DepthwiseConv1D", "MaxPooling1D", "AveragePooling1D",
            "GlobalMaxPooling1D", "GlobalAveragePooling1D", "AdaptiveMaxPooling1D", "AdaptiveAveragePooling1D",
            "UpSampling1D", "ZeroPadding1D", "Cropping1D", "Softmax", "Attention", "AdditiveAttention",
            "MultiHeadAttention", "GroupQueryAttention", "Dropout", "TimeDistributed", "Bidirectional", "Add",
            "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot", "Flatten", "Reshape",
            "RepeatVector", "Identity", "Elementwise", "Reduction", "Slicing", "StepMask", "Permute", "Masking",
            "Embedding", "Normalization", "Rescaling", "CategoryEncoding", "IntegerLookup", "ConstantState",
            "Functional", "Sequential");

    private static String refused(Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }

    private static LayerType<Layer> type(Layer layer) {
        return BuiltInTypes.ALL.of(layer);
    }

    @Test
    void gatunsOwnStandBeforeAUsers() {
        List<String> kinds = BuiltInTypes.ALL.kinds();
        assertEquals(GIVEN, kinds.subList(0, GIVEN.size()));
        assertTrue(kinds.subList(GIVEN.size(), kinds.size()).contains("Gain"), kinds.toString());
        assertEquals(kinds, BuiltInTypes.ALL.all().stream().map(each -> each.options().kind()).toList());
        for (String kind : GIVEN) {
            assertTrue(BuiltInTypes.ALL.isGiven(kind) && BuiltInTypes.ALL.knows(kind), kind);
        }
        assertTrue(BuiltInTypes.ALL.knows("Gain"));
        assertFalse(BuiltInTypes.ALL.isGiven("Gain"));
        assertFalse(BuiltInTypes.ALL.knows("Conv2D"));
        assertFalse(BuiltInTypes.ALL.isGiven("Conv2D"));
    }

    /** Whatever is registered beside it. */
    @Test
    void aRegistryHasWhatItIsGiven() {
        GainType gain = new GainType();
        LayerTypes types = new LayerTypes(List.of(gain));
        assertSame(gain, types.named("Gain"));
        assertTrue(types.isGiven("Gain"));
        assertFalse(types.isGiven("Dense"));
        assertFalse(types.knows("Dense"));
    }

    @Test
    void aTypeIsFoundByClassAndByName() {
        assertSame(Dense.class, type(Dense.units(1)).layerClass());
        assertSame(type(Dense.units(1)), BuiltInTypes.ALL.named("Dense"));
        assertSame(Gain.class, type(Gain.perFeature()).layerClass());
        assertTrue(BuiltInTypes.ALL.named("Gain") instanceof GainType);
        assertSame(Gain.OPTIONS, BuiltInTypes.ALL.named("Gain").options());
        String unknown = refused(() -> BuiltInTypes.ALL.named("Conv2D"));
        assertEquals("Gatun has no layer of class Conv2D; supported are Conv1D and others, which docs/layers.md lists",
                unknown);
        assertEquals("Layers of dev.gatun.tests.own.Unregistered have no type; register a LayerType for them as a "
                + "service of dev.gatun.layers.LayerType", refused(() -> type(new Unregistered())));
    }

    /** A class of a user's own is found too; what is like nothing, or has a thousand letters, leads to no other name. */
    @Test
    void ofAllClassesThoseThatAreCalledAlikeAreNamed() {
        for (String[] names : new String[][] {{"lstm", "LSTM"}, {"LTSM", "LSTM"}, {"Danse", "Dense"},
            {"Gains", "Gain"}, {"GlobalMaxPool1D", "GlobalMaxPooling1D"}}) {
            String said = refused(() -> BuiltInTypes.ALL.named(names[0]));
            assertTrue(said.contains("supported are ") && said.contains(names[1]), said);
            assertTrue(said.length() < 200, said);
        }
        for (String unlike : List.of("Transformer4Rec", "", "x".repeat(1_000))) {
            assertEquals("Gatun has no layer of class " + unlike
                    + "; supported are those that docs/layers.md lists",
                    refused(() -> BuiltInTypes.ALL.named(unlike)));
        }
    }

    @Test
    void layersComeOutOfNamesAndOptions() {
        for (Layer layer : List.of(Dense.units(3).noBias().named("a"), Lstm.units(2).returnState().named("a"),
                Gain.perFeature().named("a"), TimeDistributed.of(Dense.units(2).named("in")).named("a"))) {
            assertEquals(layer, BuiltInTypes.ALL.layer(layer.kind(), "a", layer.config()));
        }
        assertEquals("Layer 'a' (Conv2D): Gatun has no layer of class Conv2D; supported are Conv1D and others, which"
                + " docs/layers.md lists",
                refused(() -> BuiltInTypes.ALL.layer("Conv2D", "a", Map.of())));
        assertEquals("Layer 'a' (Dense): units is missing",
                refused(() -> BuiltInTypes.ALL.layer("Dense", "a", Map.of())), "once, not twice, by its name");
        String units = refused(() -> BuiltInTypes.ALL.layer("Dense", "a", Map.of("units", 0)));
        assertTrue(units.startsWith("Layer 'a' (Dense): ") && units.contains("got 0"), units);
    }

    @Test
    void aLayerWithinIsReadWhole() {
        Map<String, Object> inner = new HashMap<>(Map.of("class_name", "Dense", "config", Map.of("units", 2)));
        assertEquals(TimeDistributed.of(Dense.units(2)), distributed(inner));
        inner.put("name", "in");
        assertEquals(TimeDistributed.of(Dense.units(2).named("in")), distributed(inner));
        inner.put("odd", 1);
        String odd = refused(() -> distributed(inner));
        assertTrue(
                odd.startsWith("Layer 'a' (TimeDistributed): its layer has an option that Gatun does not know: odd=1"),
                odd);
    }

    private static Layer distributed(Map<String, Object> inner) {
        return BuiltInTypes.ALL.layer("TimeDistributed", "a", Map.of("layer", inner)).named(null);
    }

    @Test
    void aTypeSaysWhatItsLayersMakeAndKeep() {
        Lstm lstm = Lstm.units(2).returnState();
        assertEquals(List.of("", "h", "c"), type(lstm).outputs(lstm));
        assertEquals(List.of(""), type(Dense.units(1)).outputs(Dense.units(1)));
        assertEquals(EnumSet.allOf(Law.class), type(Gain.perFeature()).laws(Gain.perFeature()));
        Layer whole = Permute.dims(2, 1);
        assertFalse(type(whole).laws(whole).contains(Law.STEPS), "a layer that needs the whole sequence has no steps");
        assertEquals("vars", type(Dense.units(1)).kerasWeights(Dense.units(1)));
        assertEquals(CallArguments.of(List.of("x")), type(Dropout.rate(0.5)).arguments(List.of("x")));
    }
}
