package dev.gatun.tests.battery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.layers.model.Model;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.bits.ThreadBits;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A layer on any number of threads, in any batch, in a plan of any size. */
abstract class PlanBattery extends StreamBattery {

    @ParameterizedTest
    @MethodSource("instances")
    void anyNumberOfThreadsGivesTheSameBits(Instance instance) {
        try (Model model = model(instance)) {
            for (int batch : new int[] {1, 17}) {
                List<Tensor> inputs = inputs(instance, batch);
                List<float[]> cotangents = EnginePass.cotangents(model, inputs, 1);
                ThreadBits.check(model, inputs, cotangents, instance.toString());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("instances")
    void aRowGivesTheSameBitsInAnyBatch(Instance instance) {
        int most = 11;
        try (Model model = model(instance)) {
            List<Tensor> pool = inputs(instance, most);
            List<List<Tensor>> alone = new ArrayList<>();
            for (int row = 0; row < most; row++) {
                int index = row;
                alone.add(model.predict(pool.stream().map(tensor -> rows(tensor, index, 1)).toList()));
            }
            for (int batch = 2; batch <= most; batch++) {
                int first = (most - batch) / 2;
                int count = batch;
                List<Tensor> outputs = model.predict(pool.stream().map(tensor -> rows(tensor, first, count)).toList());
                for (int row = 0; row < batch; row++) {
                    for (int output = 0; output < outputs.size(); output++) {
                        Bits.same(rows(outputs.get(output), row, 1).toArray(),
                                alone.get(first + row).get(output).toArray(), "row " + row + " of " + batch);
                    }
                }
            }
        }
    }

    /** A plan made for more: whatever part of it a run uses, the bits are those of a plan of just that size. */
    @ParameterizedTest
    @MethodSource("instances")
    void anyPartOfALargerPlanGivesTheSameBits(Instance instance) {
        try (Model larger = model(instance, true)) {
            List<Tensor> most = inputs(instance, 7);
            EnginePass.of(larger, most, EnginePass.cotangents(larger, most, 1));
            larger.predict(most);
            for (int[] part : new int[][] {{7, 2}, {1, 1}, {4, 100}, {3, 1}, {6, 3}, {7, 100}}) {
                List<Tensor> inputs = part(most, part[0],
                        hasFixedTime(instance) ? Integer.MAX_VALUE : Math.max(part[1], fewest(instance, larger)));
                List<Shape> shapes = inputs.stream().map(Tensor::shape).toList();
                for (ExecutionMode mode : List.of(ExecutionMode.INFERENCE, ExecutionMode.DIFFERENTIATION)) {
                    assertEquals(most.stream().map(Tensor::shape).toList(),
                            larger.network().execution(shapes, mode).largest());
                }
                try (Model exact = model(instance, true)) {
                    List<float[]> cotangents = EnginePass.cotangents(exact, inputs, 2);
                    String what = part[0] + " rows, " + part[1] + " steps";
                    Bits.same(EnginePass.of(larger, inputs, cotangents).all(),
                            EnginePass.of(exact, inputs, cotangents).all(), what);
                    List<Tensor> expected = exact.predict(inputs);
                    List<Tensor> got = larger.predict(inputs);
                    for (int i = 0; i < expected.size(); i++) {
                        assertEquals(expected.get(i).shape(), got.get(i).shape());
                        Bits.same(got.get(i).toArray(), expected.get(i).toArray(), "predicting " + what);
                    }
                }
            }
        }
    }

    /** How many steps the layer needs. */
    private static int fewest(Instance instance, Model anyTime) {
        Shape input = instance.inputs().getFirst().with(0, 1);
        for (int steps = 1; instance.ids() == 0 && input.rank() == 3 && steps < input.dim(1); steps++) {
            try {
                List<Shape> shapes = new ArrayList<>(
                        instance.inputs().stream().map(shape -> shape.with(0, 1)).toList());
                shapes.set(0, input.with(1, steps));
                anyTime.graph().outputShapes(shapes);
                return steps;
            } catch (ShapeException tooFew) {
                // one more
            }
        }
        return 1;
    }
}
