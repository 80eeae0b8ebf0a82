package dev.gatun.tests.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A layer that computes nothing: each number of its output is one of an input.
 *
 * @param form says the shape, and where each number comes from
 */
public record RefMove(Form form) implements RefGraph.Node {

    /** What becomes of given shapes. */
    public interface Form {
        int[] shape(List<int[]> inputs);

        /** @return which input, and the indices there */
        Place from(List<int[]> inputs, int[] index);
    }

    /** A number of an input. */
    public record Place(int input, int[] index) {}

    /** The numbers of each sample in their order, in another shape; one size may be -1. */
    public static RefMove reshape(int... sizes) {
        return new RefMove(new Form() {
            @Override
            public int[] shape(List<int[]> inputs) {
                int[] shape = new int[sizes.length + 1];
                System.arraycopy(sizes, 0, shape, 1, sizes.length);
                shape[0] = inputs.getFirst()[0];
                int rest = size(inputs.getFirst());
                int open = 0;
                for (int axis = 0; axis < shape.length; axis++) {
                    open = shape[axis] < 0 ? axis : open;
                    rest /= Math.max(1, shape[axis]);
                }
                shape[open] = open == 0 ? shape[0] : rest;
                return shape;
            }

            @Override
            public Place from(List<int[]> inputs, int[] index) {
                return new Place(0, index(flat(shape(inputs), index), inputs.getFirst()));
            }
        });
    }

    /** [B,C,...] flattened with its channels as the last axis. */
    public static RefMove flattenChannelsFirst() {
        return new RefMove(new Form() {
            @Override
            public int[] shape(List<int[]> inputs) {
                int[] shape = inputs.getFirst();
                return new int[] {shape[0], size(shape) / shape[0]};
            }

            @Override
            public Place from(List<int[]> inputs, int[] index) {
                int[] shape = inputs.getFirst();
                int[] from = new int[shape.length];
                from[0] = index[0];
                from[1] = index[1] % shape[1];
                int rest = index[1] / shape[1];
                for (int axis = shape.length - 1; axis > 1; axis--) {
                    from[axis] = rest % shape[axis];
                    rest /= shape[axis];
                }
                return new Place(0, from);
            }
        });
    }

    /** [B,F] as [B,n,F]. */
    public static RefMove repeat(int n) {
        return new RefMove(new Form() {
            @Override
            public int[] shape(List<int[]> inputs) {
                return new int[] {inputs.getFirst()[0], n, inputs.getFirst()[1]};
            }

            @Override
            public Place from(List<int[]> inputs, int[] index) {
                return new Place(0, new int[] {index[0], index[2]});
            }
        });
    }

    /** Behind each other along an axis, counted from the batch. */
    public static RefMove concatenate(int axis) {
        return new RefMove(new Form() {
            @Override
            public int[] shape(List<int[]> inputs) {
                int[] shape = inputs.getFirst().clone();
                shape[axis] = inputs.stream().mapToInt(each -> each[axis]).sum();
                return shape;
            }

            @Override
            public Place from(List<int[]> inputs, int[] index) {
                int[] from = index.clone();
                int input = 0;
                while (from[axis] >= inputs.get(input)[axis]) {
                    from[axis] -= inputs.get(input++)[axis];
                }
                return new Place(input, from);
            }
        });
    }

    static int size(int[] shape) {
        int size = 1;
        for (int each : shape) {
            size *= each;
        }
        return size;
    }

    static int flat(int[] shape, int[] index) {
        int flat = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            flat = flat * shape[axis] + index[axis];
        }
        return flat;
    }

    static int[] index(int flat, int[] shape) {
        int[] index = new int[shape.length];
        int rest = flat;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            index[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return index;
    }

    @Override
    public RefGraph.Step forward(List<RefTensor> inputs, boolean[][] mask, Map<String, RefTensor> given) {
        List<int[]> shapes = inputs.stream().map(RefTensor::shape).toList();
        RefTensor y = RefTensor.zeros(form.shape(shapes));
        for (int i = 0; i < y.values().length; i++) {
            Place from = form.from(shapes, index(i, y.shape()));
            y.values()[i] = inputs.get(from.input()).values()[flat(shapes.get(from.input()), from.index())];
        }
        return new RefLayers.Simple(y, null, (gOutputs, gradients) -> {
            List<RefTensor> back = new ArrayList<>();
            shapes.forEach(shape -> back.add(RefTensor.zeros(shape)));
            for (int i = 0; i < y.values().length; i++) {
                Place from = form.from(shapes, index(i, y.shape()));
                back.get(from.input()).values()[flat(shapes.get(from.input()), from.index())] += gOutputs.getFirst()
                        .values()[i];
            }
            return back;
        });
    }
}
