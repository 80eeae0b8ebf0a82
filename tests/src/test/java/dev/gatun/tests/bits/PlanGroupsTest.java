package dev.gatun.tests.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Activation;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Node;
import dev.gatun.layers.State;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
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

    /** That a prediction runs in these groups, and gives the bits of calls that each run by themselves. */
    private static void requireGroups(Model model, String groups) {
        assertEquals(groups, plan(model, ExecutionMode.INFERENCE));
        for (int batch : new int[] {1, 2, 9}) {
            Tensor x = Tensor.of(EnginePass.uniform(batch * TIME * 3, 1, batch), batch, TIME, 3);
            List<float[]> one = predict(model.threads(1), x);
            for (int threads = 2; threads <= 4; threads++) {
                Bits.same(predict(model.threads(threads), x), one, batch + " rows, " + threads + " threads");
            }
            // Plans with gradients run every call by itself.
            EnginePass alone = EnginePass.of(model, List.of(x), EnginePass.cotangents(model, List.of(x), batch));
            Bits.same(one, alone.outputs(), batch + " rows, alone");
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
            requireGroups(model, "[below > above] [end]");
            assertEquals("[below] [drop] [above] [end]", plan(model, ExecutionMode.TRAINING));
        }
    }

    @Test
    void theDirectionsOverOneSequenceAreSideBySide() {
        Input x = Input.sequence(3).named("x");
        Node there = Lstm.units(33).returnSequences().named("there").on(x);
        Node back = Lstm.units(33).returnSequences().goBackwards().named("back").on(x);
        try (Model model = Model.of(x, there, back)) {
            requireGroups(model, "[there | back]");
            assertEquals("[there] [back]", plan(model, ExecutionMode.DIFFERENTIATION));
        }
    }

    /** Also where a layer above reads them. */
    @Test
    void soAreTheHalvesOfABidirectional() {
        Input x = Input.sequence(3).named("x");
        Node both = Bidirectional.of(Lstm.units(33).returnSequences().named("lstm")).named("both").on(x);
        try (Model model = Model.of(x, Dense.units(2).named("end").on(both))) {
            requireGroups(model, "[both/backward_lstm | both/forward_lstm] [both/merge] [end]");
        }
    }

    @Test
    void rowsGoThroughLayersThatSeeOneAtATime() {
        Input x = Input.sequence(3).named("x");
        Node rows = Activation.of(ActivationFunction.SOFTMAX).named("soft").on(
                Dense.units(40).named("wide").on(Dense.units(70).activation("tanh").named("first").on(x)));
        try (Model model = Model.of(x, rows)) {
            requireGroups(model, "[first, wide, soft]");
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
            requireGroups(model, "[first] [second] [third] [other]");
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
            requireGroups(model, "[encoder] [decoder]");
        }
    }
}
