package dev.gatun.tests.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Activation;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Node;
import dev.gatun.layers.State;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What runs as one in a prediction, and that nobody sees it in the bits. */
final class PlanGroupsTest {

    private static final int TIME = 70;

    private static String plan(Model model, ExecutionMode mode) {
        List<Shape> shapes = model.inputShapes().stream().map(shape -> shape.with(0, 2).with(1, TIME)).toList();
        String said = model.network().execution(shapes, mode).toString();
        assertTrue(said.startsWith(mode + " "), said);
        return said.substring(said.indexOf(": ") + 2);
    }

    private static void requireSameBits(Model model) {
        for (int batch : new int[] {1, 2, 9}) {
            Tensor x = Tensor.of(EnginePass.uniform(batch * TIME * 3, 1, batch), batch, TIME, 3);
            List<float[]> one = predict(model.threads(1), x);
            for (int threads = 2; threads <= 4; threads++) {
                Bits.same(predict(model.threads(threads), x), one, batch + " rows, " + threads + " threads");
            }
            // Plans with gradients run every call by itself.
            Execution alone = model.network().execution(List.of(x.shape()), ExecutionMode.DIFFERENTIATION);
            alone.load(0, x, 0);
            alone.forward();
            List<float[]> outputs = new ArrayList<>();
            for (int i = 0; i < alone.outputCount(); i++) {
                Tensor output = Tensor.zeros(alone.output(i).shape().toArray());
                alone.read(i, output, 0);
                outputs.add(output.toArray());
            }
            Bits.same(one, outputs, batch + " rows, alone");
        }
    }

    private static List<float[]> predict(Model model, Tensor x) {
        return model.predict(List.of(x)).stream().map(Tensor::toArray).toList();
    }

    /** An identity between two layers, here of training only, does not part them. */
    @Test
    void dropoutDoesNotBreakAStack() {
        Input x = Input.sequence(3).named("x");
        Node below = Lstm.units(20).returnSequences().named("below").on(x);
        Node above = Lstm.units(20).named("above").on(Dropout.rate(0.5).named("drop").on(below));
        try (Model model = Model.of(x, Dense.units(2).named("end").on(above))) {
            assertEquals("[below > above] [end]", plan(model, ExecutionMode.INFERENCE));
            assertEquals("[below] [drop] [above] [end]", plan(model, ExecutionMode.TRAINING));
            requireSameBits(model);
        }
    }

    @Test
    void theDirectionsOverOneSequenceAreSideBySide() {
        Input x = Input.sequence(3).named("x");
        Node there = Lstm.units(33).returnSequences().named("there").on(x);
        Node back = Lstm.units(33).returnSequences().goBackwards().named("back").on(x);
        try (Model model = Model.of(x, there, back)) {
            assertEquals("[there | back]", plan(model, ExecutionMode.INFERENCE));
            assertEquals("[there] [back]", plan(model, ExecutionMode.DIFFERENTIATION));
            requireSameBits(model);
        }
    }

    @Test
    void rowsGoThroughLayersThatSeeOneAtATime() {
        Input x = Input.sequence(3).named("x");
        Node rows = Activation.of(ActivationFunction.SOFTMAX).named("soft").on(
                Dense.units(40).named("wide").on(Dense.units(70).activation("tanh").named("first").on(x)));
        try (Model model = Model.of(x, rows)) {
            assertEquals("[first, wide, soft]", plan(model, ExecutionMode.INFERENCE));
            requireSameBits(model);
        }
    }

    /** A value that somebody else reads too, or that the model gives, ends the group. */
    @Test
    void whatOthersReadIsMadeWhole() {
        Input x = Input.sequence(3).named("x");
        Node first = Dense.units(5).named("first").on(x);
        Node second = Dense.units(4).named("second").on(first);
        Node third = Dense.units(3).named("third").on(second);
        try (Model model = Model.of(x, third, second, Dense.units(2).named("other").on(first))) {
            assertEquals("[first] [second] [third] [other]", plan(model, ExecutionMode.INFERENCE));
            requireSameBits(model);
        }
    }

    /** A layer that begins at a state waits for it. */
    @Test
    void aStateKeepsLayersApart() {
        Input x = Input.sequence(3).named("x");
        RecurrentOutput encoder = Lstm.units(6).returnSequences().returnState().named("encoder").on(x);
        State state = encoder.state();
        Node decoder = Lstm.units(6).named("decoder").on(encoder.sequence(), state);
        try (Model model = Model.of(x, decoder)) {
            assertEquals("[encoder] [decoder]", plan(model, ExecutionMode.INFERENCE));
            requireSameBits(model);
        }
    }
}
