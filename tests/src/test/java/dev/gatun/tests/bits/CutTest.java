package dev.gatun.tests.bits;

import dev.gatun.layers.Node;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.State;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.gradients.RandomWeights;
import dev.gatun.tests.kernels.Bits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A sequence cut at any points, the state of every layer carried from piece to piece: the bits of the whole. */
class CutTest {

    private static final int INPUTS = 3;

    @Property
    void cutAnywhere(
            @ForAll @Size(min = 1, max = 3) List<@IntRange(min = 1, max = 70) Integer> units,
            @ForAll @IntRange(min = 1, max = 9) int batch, @ForAll @IntRange(max = 30) int time,
            @ForAll @Size(max = 4) List<@IntRange(max = 30) Integer> cuts, @ForAll Extremes extremes) {
        SortedSet<Integer> ends = new TreeSet<>(cuts);
        ends.removeIf(cut -> cut > time);
        ends.add(time);
        try (Model model = model(units)) {
            List<Tensor> inputs = new ArrayList<>(Zoo.inputs(model, batch, time));
            if (time > 0) {
                inputs.set(0, extremes.into(inputs.getFirst()));
            }
            List<Tensor> whole = model.predict(inputs);
            List<Tensor> given = new ArrayList<>(inputs);
            int begin = 0;
            for (int end : ends) {
                given.set(0, Zoo.steps(inputs.getFirst(), begin, end - begin));
                List<Tensor> piece = model.predict(given);
                Bits.same(piece.getFirst().toArray(), Zoo.steps(whole.getFirst(), begin, end - begin).toArray(),
                        "steps " + begin + " to " + end);
                given = new ArrayList<>(piece);
                begin = end;
            }
            for (int i = 1; i < whole.size(); i++) {
                Bits.same(given.get(i).toArray(), whole.get(i).toArray(), "state " + i);
            }
        }
    }

    /**
     * And back: the later piece first, its gradients of h and c on to the earlier one. Bits where the last step before the cut
     * has no cotangent of its own: the whole adds a product to it, the pieces add the finished product.
     */
    @Property
    void gradientsThroughACut(
            @ForAll @IntRange(min = 1, max = 70) int units, @ForAll @IntRange(min = 1, max = 9) int batch,
            @ForAll @IntRange(min = 1, max = 12) int before, @ForAll @IntRange(max = 12) int after,
            @ForAll Extremes extremes) {
        try (Model model = model(List.of(units))) {
            int time = before + after;
            List<Tensor> inputs = new ArrayList<>(Zoo.inputs(model, batch, time));
            inputs.set(0, extremes.into(inputs.getFirst()));
            List<float[]> cotangents = EnginePass.cotangents(model, inputs, 7);
            for (int b = 0; b < batch; b++) {
                int last = (b * time + before - 1) * units;
                Arrays.fill(cotangents.getFirst(), last, last + units, 0f);
            }
            EnginePass whole = EnginePass.of(model, inputs, cotangents);
            Tensor dy = Tensor.of(cotangents.getFirst(), batch, time, units);
            Tensor dx = Tensor.of(whole.inputs().getFirst(), batch, time, INPUTS);
            List<Tensor> first = new ArrayList<>(inputs);
            first.set(0, Zoo.steps(inputs.getFirst(), 0, before));
            List<Tensor> second = new ArrayList<>(model.predict(first));
            second.set(0, Zoo.steps(inputs.getFirst(), before, after));
            EnginePass late = EnginePass.of(model, second, List.of(Zoo.steps(dy, before, after).toArray(),
                    cotangents.get(1), cotangents.get(2)));
            EnginePass early = EnginePass.of(model, first, List.of(Zoo.steps(dy, 0, before).toArray(),
                    late.inputs().get(1), late.inputs().get(2)));
            Bits.same(late.inputs().getFirst(), Zoo.steps(dx, before, after).toArray(), "gradient of x after the cut");
            Bits.same(early.inputs().getFirst(), Zoo.steps(dx, 0, before).toArray(), "gradient of x before the cut");
            Bits.same(early.inputs().get(1), whole.inputs().get(1), "gradient of the first h");
            Bits.same(early.inputs().get(2), whole.inputs().get(2), "gradient of the first c");
        }
    }

    /** Inputs are the sequence, then h and c of each layer; so are the outputs. */
    private static Model model(List<Integer> units) {
        Input x = Input.sequence(INPUTS);
        List<Node> inputs = new ArrayList<>(List.of(x));
        List<Node> states = new ArrayList<>();
        Node sequence = x;
        for (int width : units) {
            Input h = Input.shape(width);
            Input c = Input.shape(width);
            inputs.addAll(List.of(h, c));
            RecurrentOutput lstm = Lstm.units(width).returnSequences().returnState().on(sequence, State.of(h, c));
            states.addAll(List.of(lstm.state().h(), lstm.state().c()));
            sequence = lstm;
        }
        List<Node> outputs = new ArrayList<>(List.of(sequence));
        outputs.addAll(states);
        return RandomWeights.into(Model.of(inputs, outputs), 0.4f, 1);
    }
}
