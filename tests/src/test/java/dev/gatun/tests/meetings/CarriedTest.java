package dev.gatun.tests.meetings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.gatun.layers.Mask;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.serve.LayerStates;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.serve.Predicted;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever carries the states of a layer, from run to run or from step to step, and whatever the layer is: the same bits. */
final class CarriedTest {

    private static List<Kind> kinds() {
        return Kind.all().toList();
    }

    private static final int[] CUTS = {1, 4, 5, Steps.TIME};

    @ParameterizedTest
    @MethodSource("kinds")
    void partsOfAPredictionAreTheWhole(Kind kind) {
        Tensor x = Steps.x(Steps.SAMPLES, 3);
        try (Model model = kind.model(false); Predictor predictor = model.predictor()) {
            for (Mask mask : Steps.masks()) {
                Tensor whole = model.predict(x, mask);
                Predicted told = model.predictWithStates(List.of(x), List.of(mask), LayerStates.ZERO);
                Bits.same(told.output().toArray(), whole.toArray(), "the output");
                LayerStates states = LayerStates.ZERO;
                int from = 0;
                for (int to : CUTS) {
                    Predicted part = predictor.predictWithStates(List.of(Steps.part(x, from, to)),
                            List.of(Steps.part(mask, from, to)), states);
                    states = part.states();
                    Bits.same(Steps.counted(part.output(), mask, from),
                            Steps.counted(Steps.part(whole, from, to), mask, from), from + " to " + to + " " + mask);
                    from = to;
                }
                same(states, told.states());
            }
        }
    }

    private static void same(LayerStates got, LayerStates expected) {
        assertEquals(expected.layers(), got.layers());
        for (String layer : expected.layers()) {
            assertEquals(expected.parts(layer).size(), got.parts(layer).size());
            for (int part = 0; part < expected.parts(layer).size(); part++) {
                Bits.same(got.parts(layer).get(part).toArray(), expected.parts(layer).get(part).toArray(),
                        layer + ", part " + part);
            }
        }
    }

    /** In a stateful layer too, twice, for a reset goes back to the beginning; a prediction with states is apart from it. */
    @ParameterizedTest
    @MethodSource("kinds")
    void runsOfAStatefulLayerAreTheWhole(Kind kind) {
        Tensor x = Steps.x(Steps.SAMPLES, 3);
        try (Model model = kind.model(true).threads(2); Model plain = kind.model(false)) {
            for (Mask mask : Steps.masks()) {
                Tensor whole = plain.predict(x, mask);
                for (int round = 0; round < 2; round++) {
                    int from = 0;
                    for (int to : CUTS) {
                        Tensor got = model.predict(Steps.part(x, from, to), Steps.part(mask, from, to));
                        Bits.same(Steps.counted(got, mask, from),
                                Steps.counted(Steps.part(whole, from, to), mask, from), from + " to " + to);
                        Bits.same(model.predictWithStates(List.of(x), List.of(mask), LayerStates.ZERO).output()
                                .toArray(), whole.toArray(), "a prediction with states begins anew");
                        from = to;
                    }
                    model.resetStates();
                }
            }
        }
    }

    /** Samples that were not there before begin at the beginning, which need not be zeros. */
    @ParameterizedTest
    @MethodSource("kinds")
    void moreSamplesBeginWhereAllDo(Kind kind) {
        Tensor x = Steps.x(70, 4);
        try (Model model = kind.model(true); Model plain = kind.model(false)) {
            Tensor whole = plain.predict(x);
            model.predict(Steps.part(Steps.rows(x, 0, 2), 0, 3));
            Tensor late = model.predict(Steps.part(x, 3, 5));
            Bits.same(Steps.rows(late, 0, 2).toArray(), Steps.part(Steps.rows(whole, 0, 2), 3, 5).toArray(), "go on");
            Bits.same(Steps.rows(late, 2, 68).toArray(), plain.predict(Steps.part(Steps.rows(x, 2, 68), 3, 5))
                    .toArray(), "begin");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void streamsCarryThemToo(Kind kind) {
        Tensor x = Steps.x(Steps.SAMPLES, 3);
        try (Model model = kind.model(true); ModelStream stream = model.stream(Steps.SAMPLES)) {
            LayerStates begin = LayerStates.ZERO;
            for (int round = 0; round < 3; round++) {
                Predicted whole = model.predictWithStates(x, begin);
                for (int t = 0; t < Steps.TIME; t++) {
                    float[] step = new float[stream.outputLength()];
                    stream.step(MemorySegment.ofArray(Steps.part(x, t, t + 1).toArray()), MemorySegment.ofArray(step));
                    Bits.same(step, Steps.part(whole.output(), t, t + 1).toArray(), "round " + round + ", step " + t);
                }
                same(stream.states(), whole.states());
                begin = round == 0 ? own(whole.states()) : LayerStates.ZERO;
                if (round == 0) {
                    stream.goOnFrom(begin);
                    same(stream.states(), begin);
                } else {
                    stream.reset();
                }
            }
        }
    }

    /** States of the same sizes, with other numbers. */
    private static LayerStates own(LayerStates like) {
        Map<String, List<Tensor>> own = new LinkedHashMap<>();
        for (String layer : like.layers()) {
            List<Tensor> parts = new ArrayList<>();
            for (Tensor part : like.parts(layer)) {
                parts.add(Tensor.of(EnginePass.uniform((int) part.shape().elements(), 0.8f, 9 + parts.size()),
                        part.shape().toArray()));
            }
            own.put(layer, parts);
        }
        return LayerStates.of(own);
    }

    /** States that are given win against those that are learned, whatever these are. */
    @ParameterizedTest
    @MethodSource("kinds")
    void givenStatesAreNotTheLearnedOnes(Kind kind) {
        Tensor x = Steps.x(40, 3);
        try (Model model = kind.model(false)) {
            LayerStates given = own(model.predictWithStates(x).states());
            float[] before = model.predictWithStates(x, given).output().toArray();
            float[] fromZero = model.predictWithStates(x).output().toArray();
            assertFalse(Arrays.equals(before, fromZero));
            model.weights().stream().filter(weight -> weight.name().contains("/initial_"))
                    .forEach(weight -> weight.set(Tensor.zeros(weight.shape().toArray())));
            Bits.same(model.predictWithStates(x, given).output().toArray(), before, "given states");
            assertEquals(kind.learns(), !Arrays.equals(model.predict(x).toArray(), fromZero));
        }
    }
}
