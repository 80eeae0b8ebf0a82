package dev.gatun.tests.bits;

import dev.gatun.engine.cpu.Caches;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Outputs and gradients do not depend on threads, on the rest of the batch, or on what ran before: {@code ==}, no tolerance. */
final class SameBitsTest {

    /** Batches that are split by rows, by units, and not evenly. */
    @ParameterizedTest
    @EnumSource
    void anyNumberOfThreads(Zoo zoo) {
        try (Model model = zoo.model()) {
            for (int batch : new int[] {1, 3, 8, 17}) {
                List<Tensor> inputs = Zoo.inputs(model, batch, 5);
                List<float[]> cotangents = EnginePass.cotangents(model, inputs, 7);
                ThreadBits.check(model, inputs, cotangents, zoo + ", batch " + batch);
            }
        }
    }

    /** Split by units however large the batch, because no core's L2 holds its recurrent kernel. */
    @Test
    void anyNumberOfThreadsForALayerTooLargeForACache() {
        int units = (int) Math.sqrt(Caches.HERE.l2() / 16.0) + 5;
        Lstm large = Lstm.units(units).recurrentInitializer(Initializer.GLOROT_UNIFORM).returnSequences();
        try (Model model = Sequential.of(Input.sequence(3), large, Lstm.units(7))) {
            List<Tensor> inputs = Zoo.inputs(model, 19, 3);
            List<float[]> cotangents = EnginePass.cotangents(model, inputs, 7);
            ThreadBits.check(model, inputs, cotangents, "a large layer");
        }
    }

    /** Extreme inputs, weights and cotangents, all at once. */
    @ParameterizedTest
    @EnumSource
    void anyNumberOfThreadsWithExtremeNumbers(Zoo zoo) {
        for (Extremes kind : Extremes.values()) {
            try (Model model = zoo.model()) {
                List<Tensor> inputs = Zoo.inputs(model, 9, 4).stream().map(kind::into).toList();
                List<float[]> cotangents = EnginePass.cotangents(model, inputs, 7).stream().map(kind::into).toList();
                kind.into(model);
                ThreadBits.check(model, inputs, cotangents, zoo + ", " + kind);
            }
        }
    }

    /** Outputs, and gradients of inputs: what belongs to a row. */
    @ParameterizedTest
    @EnumSource
    void aRowAloneAndAtEveryPositionOfEveryBatch(Zoo zoo) {
        rowsAlone(zoo, null, IntStream.rangeClosed(2, 70));
    }

    /** Extreme numbers in the other rows, in this one and in the weights. */
    @ParameterizedTest
    @EnumSource
    void aRowAloneWithExtremeNumbers(Zoo zoo) {
        for (Extremes kind : Extremes.values()) {
            rowsAlone(zoo, kind, IntStream.of(2, 9, 17, 70));
        }
    }

    private static void rowsAlone(Zoo zoo, Extremes kind, IntStream batches) {
        int most = 70;
        int time = 3;
        try (Model model = zoo.model()) {
            List<Tensor> ordinary = Zoo.inputs(model, most, time);
            List<float[]> usual = EnginePass.cotangents(model, ordinary, 7);
            List<Tensor> pool = kind == null ? ordinary : ordinary.stream().map(kind::into).toList();
            List<float[]> cotangents = kind == null ? usual : usual.stream().map(kind::into).toList();
            if (kind != null) {
                kind.into(model);
            }
            List<List<float[]>> alone = new ArrayList<>();
            for (int row = 0; row < most; row++) {
                alone.add(rowsOf(model, pool, cotangents, row, 1).getFirst());
            }
            for (int batch : batches.toArray()) {
                // The same rows begin elsewhere in each batch, so that they meet every position.
                int first = (most - batch) / 2;
                List<List<float[]>> rows = rowsOf(model, pool, cotangents, first, batch);
                for (int row = 0; row < batch; row++) {
                    for (int part = 0; part < rows.get(row).size(); part++) {
                        Bits.same(rows.get(row).get(part), alone.get(first + row).get(part),
                                zoo + ", row " + row + " of " + batch + ", part " + part);
                    }
                }
            }
        }
    }

    /** For each of the rows its part of every output and of every input's gradient. */
    private static List<List<float[]>> rowsOf(Model model, List<Tensor> pool, List<float[]> cotangents, int first,
            int count) {
        List<Tensor> inputs = pool.stream().map(tensor -> Zoo.samples(tensor, first, count)).toList();
        int all = (int) pool.getFirst().shape().dim(0);
        List<float[]> parts = cotangents.stream().map(cotangent -> {
            int each = cotangent.length / all;
            return java.util.Arrays.copyOfRange(cotangent, first * each, (first + count) * each);
        }).toList();
        EnginePass pass = EnginePass.of(model, inputs, parts);
        List<float[]> wholes = new ArrayList<>(pass.outputs());
        wholes.addAll(pass.inputs());
        List<List<float[]>> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            int index = row;
            rows.add(wholes.stream().map(whole -> {
                int each = whole.length / count;
                return java.util.Arrays.copyOfRange(whole, index * each, (index + 1) * each);
            }).toList());
        }
        return rows;
    }

    /** Interpreted, half compiled or compiled; with memory fresh or used. */
    @ParameterizedTest
    @EnumSource
    void theFirstCallAndTheFourHundredth(Zoo zoo) {
        try (Model model = zoo.model()) {
            List<Tensor> inputs = Zoo.inputs(model, 5, 2);
            List<float[]> cotangents = EnginePass.cotangents(model, inputs, 7);
            float[] first = EnginePass.of(model, inputs, cotangents).all();
            for (int call = 2; call <= 400; call++) {
                Bits.same(EnginePass.of(model, inputs, cotangents).all(), first, zoo + ", call " + call);
            }
        }
    }

    /** Inference plans, training plans, predictors of other threads, and models built a second time. */
    @ParameterizedTest
    @EnumSource
    void anyWayToAskForTheOutputs(Zoo zoo) {
        try (Model model = zoo.model(); Model again = zoo.model(); Predictor predictor = model.predictor()) {
            List<Tensor> inputs = Zoo.inputs(model, 41, 4);
            List<float[]> expected = EnginePass.of(model, inputs, EnginePass.cotangents(model, inputs, 7)).outputs();
            List<Execution> executions = List.of(
                    model.network().execution(inputs.stream().map(Tensor::shape).toList(), ExecutionMode.INFERENCE),
                    model.network().execution(inputs.stream().map(Tensor::shape).toList(),
                            ExecutionMode.DIFFERENTIATION));
            for (Execution execution : executions) {
                for (int i = 0; i < inputs.size(); i++) {
                    execution.load(i, inputs.get(i), 0);
                }
                execution.forward();
                for (int i = 0; i < expected.size(); i++) {
                    Tensor output = Tensor.zeros(execution.output(i).shape().toArray());
                    execution.read(i, output, 0);
                    Bits.same(output.toArray(), expected.get(i), zoo + ", " + execution.mode());
                }
            }
            for (List<Tensor> results : List.of(model.predict(inputs), again.predict(inputs),
                    predictor.predict(inputs))) {
                for (int i = 0; i < expected.size(); i++) {
                    Bits.same(results.get(i).toArray(), expected.get(i), zoo + ", predict");
                }
            }
        }
    }
}
