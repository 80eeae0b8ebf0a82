package dev.gatun.cli.verify;

import dev.gatun.cli.tensors.ModelShape;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Inputs drawn for a reference: evenly between -1 and 1, and ids.
 *
 * @param seed    the same numbers each time
 * @param samples where the batch is not fixed
 * @param steps   where another size is unknown
 * @param ids     all are below
 */
public record RandomInputs(long seed, int samples, int steps, int ids) {

    /** One for each input, in its order. */
    public List<Tensor> of(ModelShape model) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Tensor> inputs = new ArrayList<>();
        for (int i = 0; i < model.inputNames().size(); i++) {
            long[] dims = model.inputShapes().get(i).toArray();
            for (int axis = 0; axis < dims.length; axis++) {
                boolean isBatch = axis == (model.timeMajor().get(i) ? 1 : 0);
                dims[axis] = dims[axis] != Shape.UNKNOWN ? dims[axis] : isBatch ? samples : steps;
            }
            inputs.add(model.ids().get(i) ? whole(random, dims) : numbers(random, dims));
        }
        return inputs;
    }

    private Tensor whole(SplittableRandom random, long[] dims) {
        int[] values = new int[Math.toIntExact(Shape.of(dims).elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(ids);
        }
        return Tensor.ofInts(values, dims);
    }

    private static Tensor numbers(SplittableRandom random, long[] dims) {
        float[] values = new float[Math.toIntExact(Shape.of(dims).elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        return Tensor.of(values, dims);
    }
}
