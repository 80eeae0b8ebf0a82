package dev.gatun.tests.battery;

import dev.gatun.tests.Positional;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Node;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.Weight;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What a battery tries: instances of a layer, each alone in a model with random weights. */
abstract class Battery {

    /** The layer's name in the battery's models. */
    static final String NAME = "layer";

    static final String QUOTED = "'" + NAME + "'";

    /** The layer with every option that leads to other code, on every kind of input. */
    abstract List<Instance> instances();

    /** Those that a stream could take: it has one input and one output. */
    List<Instance> sequences() {
        return instances().stream().filter(Instance::isSequenceToOne).toList();
    }

    /** Whether an instance's sequences have one length only, because it has weights or groups of steps. */
    static boolean hasFixedTime(Instance instance) {
        if (instance.inputs().getFirst().rank() != 3) {
            return false;
        }
        try {
            Positional.build(instance.layer(), NAME, List.of(instance.inputs().getFirst().with(1, Shape.UNKNOWN)));
            return false;
        } catch (IllegalArgumentException unknown) {
            return unknown.getMessage().contains("needs to know");
        }
    }

    /** The layer alone in a model, with random weights. */
    static Model model(Instance instance) {
        return model(instance, false);
    }

    /** @param anyTime whether sequences may have any length, if the layer takes them so */
    static Model model(Instance instance, boolean anyTime) {
        List<Node> inputs = new ArrayList<>();
        for (Shape shape : instance.inputs()) {
            boolean isSequence = shape.rank() == (instance.ids() > 0 ? 2 : 3);
            Shape declared = anyTime && isSequence && !hasFixedTime(instance) ? shape.with(1, Shape.UNKNOWN) : shape;
            inputs.add(input(instance, declared).named("x" + inputs.size()));
        }
        LayerCall call = Positional.call(instance.layer().named(NAME), inputs);
        List<Node> outputs = new ArrayList<>();
        for (int i = 0; i < instance.outputs().size(); i++) {
            outputs.add(call.output(i));
        }
        Model model = Model.of(inputs, outputs);
        long seed = 1;
        for (Weight weight : model.weights()) {
            long read = weight.shape().rank() == 0 ? 1 : weight.shape().dim(0);
            float size = (float) Math.min(0.6, 2 / Math.sqrt(read));
            float[] numbers = EnginePass.uniform((int) weight.shape().elements(), size, ++seed);
            for (int i = 0; i < numbers.length && weight.name().endsWith("variance"); i++) {
                numbers[i] = Math.abs(numbers[i]) + 0.1f;
            }
            weight.set(Tensor.of(numbers, weight.shape().toArray()));
        }
        return model;
    }

    private static Input input(Instance instance, Shape shape) {
        return instance.ids() == 0
                ? Input.batchShape(shape.toArray())
                : Input.ints(Arrays.copyOfRange(shape.toArray(), 1, shape.rank()));
    }

    static List<Tensor> inputs(Instance instance, int batch) {
        return inputs(instance, batch, 50);
    }

    static List<Tensor> otherInputs(Instance instance, int batch) {
        return inputs(instance, batch, 90);
    }

    static List<Tensor> inputs(Instance instance, int batch, int seed) {
        List<Tensor> inputs = new ArrayList<>();
        for (Shape shape : instance.inputs()) {
            Shape known = shape.with(0, batch);
            if (instance.ids() > 0) {
                int[] ids = new Random(seed).ints(known.elements(), 0, instance.ids()).toArray();
                inputs.add(Tensor.ofInts(ids, known.toArray()));
                continue;
            }
            inputs.add(Tensor.of(EnginePass.uniform((int) known.elements(), 1.5f, seed + inputs.size()),
                    known.toArray()));
        }
        return inputs;
    }

    /** The first samples, and of sequences the first steps. */
    static List<Tensor> part(List<Tensor> all, int batch, int time) {
        List<Tensor> parts = new ArrayList<>();
        for (Tensor tensor : all) {
            if (tensor.type() == DataType.INT32) {
                parts.add(partOfIds(tensor, batch, time));
                continue;
            }
            Shape shape = tensor.shape().with(0, batch);
            Shape part = shape.rank() == 3 ? shape.with(1, Math.min(time, shape.dim(1))) : shape;
            int columns = (int) shape.last();
            int steps = (int) (part.elements() / batch / columns);
            int of = (int) (shape.elements() / batch / columns);
            float[] numbers = tensor.toArray();
            float[] kept = new float[(int) part.elements()];
            for (int b = 0; b < batch; b++) {
                System.arraycopy(numbers, b * of * columns, kept, b * steps * columns, steps * columns);
            }
            parts.add(Tensor.of(kept, part.toArray()));
        }
        return parts;
    }

    private static Tensor partOfIds(Tensor ids, int batch, int time) {
        if (ids.shape().rank() == 1) {
            return Tensor.ofInts(Arrays.copyOf(ids.toIntArray(), batch), batch);
        }
        int[][] rows = new int[batch][];
        for (int b = 0; b < batch; b++) {
            rows[b] = Arrays.copyOf(ids.row(b).toIntArray(), (int) Math.min(time, ids.shape().dim(1)));
        }
        return Tensor.ofInts(rows);
    }

    static Tensor rows(Tensor all, int first, int count) {
        if (all.type() == DataType.INT32) {
            int each = (int) (all.shape().elements() / all.shape().dim(0));
            return Tensor.ofInts(Arrays.copyOfRange(all.toIntArray(), first * each, (first + count) * each),
                    all.shape().with(0, count).toArray());
        }
        int each = (int) (all.shape().elements() / all.shape().dim(0));
        return Tensor.of(Arrays.copyOfRange(all.toArray(), first * each, (first + count) * each),
                all.shape().with(0, count).toArray());
    }

    /** Step t of [B,T,F]. */
    static float[] step(Tensor all, int t) {
        int batch = (int) all.shape().dim(0);
        int time = (int) all.shape().dim(1);
        int width = (int) all.shape().last();
        float[] step = new float[batch * width];
        for (int b = 0; b < batch; b++) {
            System.arraycopy(all.toArray(), (b * time + t) * width, step, b * width, width);
        }
        return step;
    }
}
